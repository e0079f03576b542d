Feature: Nothing that arrives can stop the conversation
  Whatever somebody publishes: device, connector and twin go on, the referee says what is wrong with it,
  and the next good message works.

  Background:
    Given a running device without containers

  Scenario Outline: <what> on a device's event topic
    When someone publishes on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers"
      """
      <payload>
      """
    Then the referee finds a fault in it
    And the cloud can still create a container from "docker.io/library/busybox:1.35"

    Examples:
      | what                      | payload                                                                              |
      | Text that is not JSON     | not json                                                                             |
      | A list                    | [1,2,3]                                                                              |
      | An envelope without topic | {"headers":{},"path":"/features/x","value":{}}                                       |
      | A topic that is a number  | {"topic":1,"headers":{},"path":"/features/x","value":{}}                             |
      | An unknown channel        | {"topic":"a/b/things/foo/commands/modify","headers":{},"path":"/","value":{}}        |
      | An unknown action         | {"topic":"a/b/things/twin/commands/explode","headers":{},"path":"/","value":{}}      |
      | Headers that are a list   | {"topic":"a/b/things/twin/commands/modify","headers":[],"path":"/","value":{}}       |

  Scenario Outline: <what> on the device's command topic
    When someone publishes on "command//dummy-namespace:dummy-gateway:dummy-device-id:edge:containers/req/r1/create"
      """
      <payload>
      """
    Then the cloud can still create a container from "docker.io/library/busybox:1.35"

    Examples:
      | what                          | payload                                                                                                                                                                                                                                |
      | Text that is not JSON         | not json                                                                                                                                                                                                                               |
      | null                          | null                                                                                                                                                                                                                                   |
      | A numeric correlation id      | {"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/create","headers":{"correlation-id":7,"response-required":true},"path":"/features/ContainerFactory/inbox/messages/create"}                 |
      | A text that asks for a reply  | {"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/create","headers":{"correlation-id":"c","response-required":"yes"},"path":"/features/ContainerFactory/inbox/messages/create"}              |
      | A path that leads nowhere     | {"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/create","headers":{"correlation-id":"c","response-required":true},"path":"/nowhere"}                                                      |

  Scenario: A message of one megabyte
    When someone publishes 1000000 bytes on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers"
    Then the referee finds a fault in it
    And the cloud can still create a container from "docker.io/library/busybox:1.35"

  Scenario: JSON that is nested ten thousand times
    When someone publishes JSON nested 10000 times on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers"
    Then the referee finds a fault in it
    And the cloud can still create a container from "docker.io/library/busybox:1.35"

  Scenario Outline: The topic <topic>, which lacks segments
    When someone publishes on "<topic>"
      """
      {"a":1}
      """
    Then the cloud can still create a container from "docker.io/library/busybox:1.35"

    Examples:
      | topic                                       |
      | e/                                          |
      | command//                                   |
      | command//x/req                              |
      | command//dummy-namespace:dummy-gateway:dummy-device-id:edge:containers/req/r1 |
      | c//x/s/r1/not-a-status                      |
      | edge/thing                                  |

  Scenario: The tenant in the place of the namespace, as the founding document printed it
    When someone publishes on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers"
      """
      {"topic":"dummy-tenant-id/dummy-gateway:dummy-device-id:edge:containers/things/twin/commands/modify",
       "headers":{"response-required":false},"path":"/features/Container:1",
       "value":{"definition":["com.bosch.iot.suite.edge.containers:Container:1.5.0"]}}
      """
    Then the referee explains it with "namespace"
