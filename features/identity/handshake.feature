Feature: A device learns who it is
  An edge device does not know its own name. It asks on the local bus, and the cloud connector tells
  it. Only then it reports what it is, and only after that it takes commands.

  Scenario: A device asks for its identity as soon as it is on the bus
    Given no cloud connector
    And a device without containers
    When the device starts
    Then the device subscribes to "edge/thing/response"
    And after that the device publishes on "edge/thing/request"

  Scenario: A device that nobody answers keeps quiet
    Given no cloud connector
    And a device with the demo containers
    When the device starts
    Then the device says nothing on "e/#" for 200 milliseconds

  Scenario: The connector answers a device that asks
    Given a device without containers
    When the device starts
    Then the connector announces the identity of "dummy-namespace:dummy-gateway:dummy-device-id"
    And the device registers the feature "ContainerFactory"
    And the device registers the feature "SoftwareUpdatable"
    And the device registers the feature "Metrics"

  Scenario: The trigger may be sent by hand
    Given no cloud connector
    And a device without containers
    And the device is waiting for its identity
    When someone publishes on "edge/thing/response"
      """
      {"deviceId":"dummy-namespace:dummy-gateway:dummy-device-id","tenantId":"dummy-tenant-id"}
      """
    Then the device registers the feature "SoftwareUpdatable"
    And it does so on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers"

  Scenario: Features first, commands second
    Given a device with the demo containers
    When the device starts
    Then the device registers 8 features
    And after that the device subscribes to "command//dummy-namespace:dummy-gateway:dummy-device-id:edge:containers/req/#"

  Scenario: The same identity again changes nothing
    Given a running device without containers
    When the identity "dummy-namespace:dummy-gateway:dummy-device-id" of tenant "dummy-tenant-id" is announced again
    Then the device says nothing on "#" for 200 milliseconds

  Scenario: A new policy makes the device register again
    Given a running device without containers
    When the connector takes the policy "dummy-namespace:pol1"
    Then the device registers 3 features
    And the device never subscribes to anything for 200 milliseconds

  Scenario: Another device id moves everything to the new thing
    Given a running device without containers
    When the connector takes the identity "acme.fleet:gw-07:truck-42" of tenant "tnt-eu1"
    Then the device ends its subscription to "command//dummy-namespace:dummy-gateway:dummy-device-id:edge:containers/req/#"
    And after that the device registers 3 features
    And after that the device subscribes to "command//acme.fleet:gw-07:truck-42:edge:containers/req/#"
    And the twin "acme.fleet:gw-07:truck-42:edge:containers" has the feature "ContainerFactory"

  Scenario: Another tenant moves the events but not the thing
    Given a running device without containers
    When the connector takes the identity "dummy-namespace:dummy-gateway:dummy-device-id" of tenant "other-tenant"
    Then the device registers the feature "SoftwareUpdatable"
    And it does so on "e/other-tenant/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers"

  Rule: What cannot be an identity is refused, and the old one stays in force

    Scenario Outline: <what> is no identity
      Given a running device without containers
      When someone publishes on "edge/thing/response"
        """
        <payload>
        """
      Then the device says nothing on "#" for 200 milliseconds
      And the referee finds a fault in it
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

      Examples:
        | what                     | payload                                          |
        | Text that is not JSON    | hello                                            |
        | A list                   | ["dummy-namespace:dummy-device-id"]              |
        | A number as device id    | {"deviceId":7,"tenantId":"t"}                    |
        | An empty device id       | {"deviceId":"","tenantId":"t"}                   |
        | No device id             | {"tenantId":"t"}                                 |
        | No tenant                | {"deviceId":"dummy-namespace:dummy-device-id"}   |
