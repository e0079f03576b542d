Feature: Bringing a device to a desired state
  An update manager says which containers there are to be. The device's update agent finds out what that means, and goes there step by
  step, as it is commanded: download, update, activate, clean up, or all the way back.

  Background:
    Given a device with an update agent
    And a running device without containers
    And the container "radio" from "radio:2.4" is running

  Rule: First it is found out what is to be done

    Scenario: Everything is as it should be
      When the update manager wants
        | container | version |
        | radio     | 2.4     |
      Then the update agent reports IDENTIFYING and IDENTIFIED
      And the update agent tells IDENTIFIED with the actions
        | container | status     |
        | radio     | IDENTIFIED |

    Scenario: Nothing is wanted of a device that has nothing
      Given the cloud sends "remove" to the container "radio" with true
      When the update manager wants
        | container | version |
      Then the update agent reports IDENTIFYING, IDENTIFIED and COMPLETED

    Scenario: Containers that nobody wants any more are named too
      When the update manager wants
        | container | version |
        | maps      | 7.1     |
      Then the update agent tells IDENTIFIED with the actions
        | container | status     |
        | maps      | IDENTIFIED |
        | radio     | IDENTIFIED |
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |

    Scenario: A domain that is not this agent's
      When the update manager wants in the domain "safety"
        | container | version |
        | radio     | 2.5     |
      Then the update agent refuses with IDENTIFICATION_FAILED, saying "safety"

    Scenario: The same container twice
      When the update manager wants
        | container | version |
        | radio     | 2.5     |
        | radio     | 2.6     |
      Then the update agent refuses with IDENTIFICATION_FAILED, saying "radio"

  Rule: Then one step after the other

    Scenario: A new version comes in next to the old one
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      When the update manager commands DOWNLOAD
      Then the update agent reports DOWNLOADING and DOWNLOAD_SUCCESS
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |
        | radio     | radio:2.5 | CREATED |

    Scenario: The old version stops before the new one starts
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      And the update manager has commanded DOWNLOAD
      When the update manager commands UPDATE
      Then the update agent reports UPDATING and UPDATE_SUCCESS
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | STOPPED |
        | radio     | radio:2.5 | CREATED |

    Scenario: The new version takes over
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      And the update manager has commanded DOWNLOAD and UPDATE
      When the update manager commands ACTIVATE
      Then the update agent reports ACTIVATING and ACTIVATION_SUCCESS
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | STOPPED |
        | radio     | radio:2.5 | RUNNING |

    Scenario: In the end the old version is cleaned away
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      And the update manager has commanded DOWNLOAD, UPDATE and ACTIVATE
      When the update manager commands CLEANUP
      Then the update agent reports CLEANUP_SUCCESS and COMPLETED
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.5 | RUNNING |

    Scenario: A missing container is added, and one that nobody wants goes
      Given the update manager wants
        | container | version |
        | maps      | 7.1     |
      And the update manager has commanded DOWNLOAD, UPDATE and ACTIVATE
      When the update manager commands CLEANUP
      Then the update agent reports CLEANUP_SUCCESS and COMPLETED
      And the containers of the device are
        | container | image    | state   |
        | maps      | maps:7.1 | RUNNING |

    Scenario: Other limits change a container while it runs
      Given the update manager wants
        | container | version | config     |
        | radio     | 2.4     | memory=64M |
      And the update manager has commanded DOWNLOAD
      When the update manager commands UPDATE
      Then the update agent reports UPDATING and UPDATE_SUCCESS
      And the configuration of "radio" changes to
        | member    | value                                |
        | resources | {"memory":"64M","memorySwap":"128M"} |
      And the container "radio" is RUNNING

    Scenario: What is as desired but stopped runs again
      Given the cloud sends "stop" to the container "radio"
      And the update manager wants
        | container | version |
        | radio     | 2.4     |
      And the update manager has commanded DOWNLOAD and UPDATE
      When the update manager commands ACTIVATE
      Then the update agent reports ACTIVATING and ACTIVATION_SUCCESS
      And the container "radio" is RUNNING

  Rule: And back, if need be

    Scenario: Back to the old version
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      And the update manager has commanded DOWNLOAD, UPDATE and ACTIVATE
      When the update manager commands ROLLBACK
      Then the update agent reports ROLLBACK and ROLLBACK_SUCCESS
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |

    Scenario: Cleaning up after a rollback leaves the update incomplete
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      And the update manager has commanded DOWNLOAD, UPDATE and ROLLBACK
      When the update manager commands CLEANUP
      Then the update agent reports CLEANUP_SUCCESS and INCOMPLETE
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |

    Scenario: A new version that cannot be downloaded
      Given the update manager wants
        | container | version | config                           |
        | radio     | 2.5     | image=registry.invalid/radio:2.5 |
      When the update manager commands DOWNLOAD
      Then the update agent reports DOWNLOADING and DOWNLOAD_FAILURE
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |

    Scenario: A new version that cannot be started
      Given the update manager wants
        | container | version | config                           |
        | radio     | 2.5     | env=SIM_START_ERROR=no such file |
      And the update manager has commanded DOWNLOAD and UPDATE
      When the update manager commands ACTIVATE
      Then the update agent reports ACTIVATING and ACTIVATION_FAILURE
      When the update manager commands ROLLBACK
      Then the update agent reports ROLLBACK and ROLLBACK_SUCCESS
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |

  Rule: Steps that cannot be are refused

    Scenario Outline: <command> before its time
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      When the update manager commands <command>
      Then the update agent refuses with <failure>, saying "after"
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |

      Examples:
        | command  | failure            |
        | UPDATE   | UPDATE_FAILURE     |
        | ACTIVATE | ACTIVATION_FAILURE |
        | ROLLBACK | ROLLBACK_FAILURE   |

    Scenario: A baseline that nobody knows
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      When the update manager commands DOWNLOAD for "winter"
      Then the update agent refuses with DOWNLOAD_FAILURE, saying "winter"

    Scenario: A command of another activity is nobody's business
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      When the update manager commands DOWNLOAD in the activity "somebody-else's"
      Then the update agent tells nothing for 200 milliseconds

    Scenario: A command that does not exist is ignored
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      When the update manager commands EXPLODE
      Then the update agent tells nothing for 200 milliseconds

    Scenario: A new desired state takes the place of the one in progress
      Given the update manager wants
        | container | version |
        | radio     | 2.5     |
      When the update manager wants in the activity "activity-2"
        | container | version |
        | radio     | 2.6     |
      Then the update agent reports IDENTIFYING and IDENTIFIED
      When the update manager commands DOWNLOAD in the activity "activity-1"
      Then the update agent tells nothing for 200 milliseconds

  Rule: Baselines go their own ways

    Scenario: One baseline is downloaded, the other is not
      Given the update manager wants
        | baseline | container | version |
        | front    | radio     | 2.5     |
        | rear     | maps      | 7.1     |
      When the update manager commands DOWNLOAD for "front"
      Then the update agent tells DOWNLOAD_SUCCESS with the actions
        | container | status           |
        | radio     | DOWNLOAD_SUCCESS |
        | maps      | IDENTIFIED       |
      And the containers of the device are
        | container | image     | state   |
        | radio     | radio:2.4 | RUNNING |
        | radio     | radio:2.5 | CREATED |
