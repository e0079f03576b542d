Feature: The connector tells everybody whether the cloud can be reached
  Everything on the local bus can read the connection's status, also who joins late. A device hears
  its identity again after each interruption.

  Scenario: The status is there for who joins late
    Given a running device without containers
    When someone subscribes to "edge/connection/remote/status"
    Then they receive the retained status "connected":true

  Scenario: The status comes before the identity
    Given a device without containers
    When the harness starts
    Then the connector publishes on "edge/connection/remote/status"
    And after that the connector publishes on "edge/thing/response"

  Scenario: Going offline tells the cause
    Given a running device without containers
    When the cloud goes offline
    Then the connector reports the cause "CONNECTION_ERROR"

  Scenario: A killed connector leaves its will
    Given a running device without containers
    When the connector is killed
    Then the connector reports the cause "CONNECTION_UNKNOWN"

  Scenario: While offline nobody answers a request
    Given a running device without containers
    And the cloud goes offline
    When someone publishes on "edge/thing/request"
      """
      {}
      """
    Then the connector says nothing on "edge/thing/response" for 200 milliseconds

  Scenario: Back online the identity is announced once more
    Given a running device without containers
    And the cloud goes offline
    When the cloud comes online
    Then the connector publishes on "edge/connection/remote/status"
    And after that the connector publishes on "edge/thing/response"

  Scenario: A command to a device whose cloud is offline is not kept
    Given a running device without containers
    And the cloud goes offline
    When the cloud sends "create" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35"}
      """
    Then the command does not go out

  Scenario: What a device reports while the cloud is offline reaches the twin later
    Given a running device without containers
    And the cloud goes offline
    And someone sends the command "create" to the factory of the device
      """
      {"imageRef":"docker.io/library/busybox:1.35"}
      """
    When the cloud comes online
    Then the twin's inventory has 1 entries

  Scenario: Each command goes out on its long topic, then on its short one
    Given a running device without containers
    When the cloud sends "create" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35"}
      """
    Then the connector publishes on "command//dummy-namespace:dummy-gateway:dummy-device-id:edge:containers/req/+/create"
    And after that the connector publishes on "c//dummy-namespace:dummy-gateway:dummy-device-id:edge:containers/q/+/create"

  Scenario: A command that nobody answers times out
    Given no device
    When the cloud sends "create" to the factory and waits 300 milliseconds
      """
      {"imageRef":"docker.io/library/busybox:1.35"}
      """
    Then nobody answers
