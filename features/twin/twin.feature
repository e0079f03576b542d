Feature: The cloud keeps a digital twin of what devices report
  The twin shows the last reported state; each change is one revision and one event.

  Background:
    Given a running device without containers

  Scenario: The first report of a feature creates it, the next modifies it
    When someone publishes on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id"
      """
      {"topic":"dummy-namespace/dummy-gateway:dummy-device-id/things/twin/commands/modify",
       "headers":{"response-required":false},"path":"/features/lamp",
       "value":{"definition":["acme:Lamp:1.0.0"],"properties":{"on":false}}}
      """
    Then the twin tells "created" of "/features/lamp"
    When someone publishes on "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id"
      """
      {"topic":"dummy-namespace/dummy-gateway:dummy-device-id/things/twin/commands/modify",
       "headers":{"response-required":false},"path":"/features/lamp/properties/on","value":true}
      """
    Then the twin tells "modified" of "/features/lamp/properties/on"

  Scenario: Each change is one revision
    When someone publishes on "e//dummy-namespace:dummy-gateway:dummy-device-id"
      """
      {"topic":"dummy-namespace/dummy-gateway:dummy-device-id/things/twin/commands/modify",
       "headers":{"response-required":false},"path":"/features/lamp","value":{"properties":{"on":false}}}
      """
    Then the twin tells "created" of "/" with revision 1
    And the twin tells "created" of "/features/lamp" with revision 2

  Scenario: A whole feature replaces the one before
    Given the thing "dummy-namespace:dummy-gateway:dummy-device-id" has the feature "lamp" with {"properties":{"on":true,"colour":"red"}}
    When the thing "dummy-namespace:dummy-gateway:dummy-device-id" reports the feature "lamp" with {"properties":{"on":false}}
    Then the twin tells "modified" of "/features/lamp"
    And the feature "lamp" of "dummy-namespace:dummy-gateway:dummy-device-id" is {"properties":{"on":false}}

  Scenario: A removed container disappears from the twin
    Given the container "radio" from "docker.io/library/busybox:1.35" is created
    When the cloud sends "remove" to the container "radio" with true
    Then the twin tells "deleted" of the container "radio"

  Scenario: Gateway and child devices have twins of their own
    When someone publishes on "e"
      """
      {"topic":"dummy-namespace/dummy-gateway:dummy-device-id/things/twin/commands/modify",
       "headers":{"response-required":false},"path":"/features/lamp","value":{}}
      """
    Then the twin tells "created" of "/features/lamp"
    And the twin "dummy-namespace:dummy-gateway:dummy-device-id" has the feature "lamp"
    And the twin "dummy-namespace:dummy-gateway:dummy-device-id:edge:containers" has the feature "ContainerFactory"

  Scenario: A property of a feature that does not exist is refused
    When the thing "dummy-namespace:dummy-gateway:dummy-device-id" reports the property "on" of the feature "ghost" with true
    Then the twin refuses it with 404 "things:feature.notfound"

  Scenario: A device may not speak for another one
    When someone publishes on "e/dummy-tenant-id/dummy-namespace:other"
      """
      {"topic":"dummy-namespace/dummy-gateway:dummy-device-id/things/twin/commands/modify",
       "headers":{"response-required":false},"path":"/features/lamp","value":{}}
      """
    Then the twin refuses it with 403 "things:thing.notmodifiable"
    And the referee finds a fault in it
