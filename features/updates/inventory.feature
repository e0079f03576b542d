Feature: What an update manager is told without asking for changes
  The inventory stands on the bus, retained. Some containers are not the update manager's business.

  Scenario: The inventory is there as soon as the device is
    Given a device with an update agent
    And a device with the demo containers
    When the device starts
    Then the update agent's inventory lists
      | container              | version  |
      | databroker             | 0.2.5    |
      | seatservice-example    | v0.1.0   |
      | cloud-connector        | latest   |
      | self-update-agent      | build-20 |
      | vehicle-update-manager | latest   |

  Scenario: The inventory is told again when somebody asks
    Given a device with an update agent
    And a running device without containers
    And the container "radio" from "radio:2.4" is running
    When the update manager asks for the inventory
    Then the update agent's inventory lists
      | container | version |
      | radio     | 2.4     |

  Scenario: Who asks badly is not answered, who asks well is
    Given a device with an update agent
    And a running device without containers
    When someone publishes on "containersupdate/currentstate/get"
      """
      now!
      """
    Then the device says nothing on "containersupdate/#" for 100 milliseconds
    When the update manager asks for the inventory
    Then the update agent's inventory lists
      | container | version |

  Scenario: A device without an update agent has no inventory for it
    Given a running device without containers
    When the update manager asks for the inventory
    Then the device says nothing on "containersupdate/#" for 200 milliseconds

  Scenario: System containers are left alone
    Given a device with an update agent that spares "dapr"
    And a running device without containers
    And the container "dapr" from "dapr:1.9" is running
    And the container "radio" from "radio:2.4" is running
    When the update manager wants
      | container | version |
      | radio     | 2.5     |
    Then the update agent tells IDENTIFIED with the actions
      | container | status     |
      | radio     | IDENTIFIED |

  Scenario: A dry run tells the difference and does nothing
    Given a device with an update agent that only compares
    And a running device without containers
    And the container "radio" from "radio:2.4" is running
    When the update manager wants
      | container | version |
      | maps      | 7.1     |
    Then the update agent reports IDENTIFYING, IDENTIFIED and COMPLETED
    And the containers of the device are
      | container | image     | state   |
      | radio     | radio:2.4 | RUNNING |

  Scenario Outline: <what> as a desired state
    Given a device with an update agent
    And a running device without containers
    When someone publishes on "containersupdate/desiredstate"
      """
      <payload>
      """
    And the update manager wants
      | container | version |
      | radio     | 2.4     |
    Then the update agent reports IDENTIFYING and IDENTIFIED

    Examples:
      | what                   | payload                                                     |
      | Text that is not JSON  | now!                                                        |
      | A payload that is text | {"activityId":"activity-1","timestamp":1,"payload":"radio"} |
