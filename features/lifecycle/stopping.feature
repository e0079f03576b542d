Feature: Stopping a container
  A container is asked to end before it is made to. Whoever stops it says how patient to be, and hears when it would not.

  Background:
    Given a running device without containers

  Scenario: A stopped container tells the code that it ended with
    Given the container "radio" that exits with code 143 when told to is running
    When the cloud sends "stop" to the container "radio"
    Then the answer is 204
    And the container "radio" becomes STOPPED with
      | member   | value |
      | exitCode | 143   |
      | pid      | -1    |

  Scenario: A container that ends well tells no code
    Given the container "radio" that exits with code 0 when told to is running
    When the cloud sends "stop" to the container "radio"
    Then the container "radio" becomes STOPPED with
      | member   | value  |
      | exitCode | absent |
      | error    | absent |

  Scenario: A container that does not listen goes on, and the cloud is told
    Given the container "radio" that ignores SIGTERM is running
    When the cloud sends "stopWithOptions" to the container "radio" with {"timeout":1}
    Then the answer is 500 "messages:execution.failed"
    And nothing is told of the container "radio" for 100 milliseconds
    And the container "radio" is RUNNING

  Scenario: A container that does not listen is killed by force
    Given the container "radio" that ignores SIGTERM is running
    When the cloud sends "stopWithOptions" to the container "radio" with {"timeout":1,"force":true}
    Then the answer is 204
    And the container "radio" becomes STOPPED with
      | member   | value |
      | exitCode | 137   |

  Scenario: A container that waits for another signal gets it
    Given the container "radio" that ignores SIGTERM is running
    When the cloud sends "stopWithOptions" to the container "radio" with {"signal":"SIGINT"}
    Then the answer is 204
    And the container "radio" becomes STOPPED

  Scenario: A signal may be given by its number
    Given the container "radio" that ignores SIGTERM is running
    When the cloud sends "stopWithOptions" to the container "radio" with {"signal":"9"}
    Then the answer is 204
    And the container "radio" becomes STOPPED with
      | member   | value |
      | exitCode | 137   |

  Scenario: A signal that does not exist is refused
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "stopWithOptions" to the container "radio" with {"signal":"SIGFOO"}
    Then the answer is 500 "messages:execution.failed"
    And the answer says "SIGFOO"
    And the container "radio" is RUNNING

  Scenario: Patience cannot be negative
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "stopWithOptions" to the container "radio" with {"timeout":-1}
    Then the answer is 500 "messages:execution.failed"
    And the container "radio" is RUNNING

  Scenario: What does not run cannot be stopped
    Given the container "radio" from "docker.io/library/busybox:1.35" is created
    When the cloud sends "stop" to the container "radio"
    Then the answer is 500 "messages:execution.failed"
    And the answer says "with state: Created"

  Scenario: Removing by force ends the process without telling that it stopped
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "remove" to the container "radio" with true
    Then the answer is 204
    And the container "radio" becomes DEAD
    And after that the feature of the container "radio" is deleted
    And after that nothing is told of the container "radio" for 200 milliseconds
