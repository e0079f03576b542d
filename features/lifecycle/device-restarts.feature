Feature: What becomes of containers when the device restarts
  At its start the device brings back what its policy wants back, before it says anything to the cloud.

  Background:
    Given a running device without containers that keeps its state

  Scenario: ALWAYS brings back even what somebody has stopped
    Given the container "radio" that restarts ALWAYS is running
    And the cloud sends "stop" to the container "radio"
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is RUNNING

  Scenario: NO leaves what ran where it was
    Given the container "radio" that restarts NO is running
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is STOPPED

  Scenario: ON_FAILURE leaves what ended well
    Given the container "radio" that exits with code 0 when told to and restarts ON_FAILURE is running
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is STOPPED

  Scenario: ON_FAILURE brings back what was torn away
    Given the container "radio" that exits with code 143 when told to and restarts ON_FAILURE is running
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is RUNNING

  Scenario: What was never started stays so
    Given the container "radio" that restarts ALWAYS is created
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is CREATED

  Scenario: Names, limits and policies survive
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "rename" to the container "radio" with "jukebox"
    And the cloud sends "update" to the container "radio" with {"resources":{"memory":"64M"},"restartPolicy":{"type":"ALWAYS"}}
    When the device restarts
    Then the container "radio" is reported with
      | member                    | value   |
      | name                      | jukebox |
      | config.resources.memory   | 64M     |
      | config.restartPolicy.type | ALWAYS  |
      | state.status              | RUNNING |

  Scenario: A removed container does not come back
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "remove" to the container "radio" with true
    When the device restarts
    Then the device registers the feature "ContainerFactory"
    And the twin's inventory is absent
