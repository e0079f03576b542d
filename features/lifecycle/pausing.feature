Feature: Pausing a container
  A paused container keeps its process, but nothing happens in it until it is resumed.

  Background:
    Given a running device without containers

  Scenario: Pause a running container
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "pause" to the container "radio"
    Then the answer is 204
    And the container "radio" becomes PAUSED

  Scenario: A resumed container goes on where it was
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "pause" to the container "radio"
    When the cloud sends "resume" to the container "radio"
    Then the answer is 204
    And the container "radio" becomes RUNNING with
      | member     | value  |
      | finishedAt | absent |
      | exitCode   | absent |

  Scenario: While it is paused, its process does not end
    Given the container "radio" that exits with code 3 after 300 milliseconds and restarts NO is running
    When the cloud sends "pause" to the container "radio"
    Then the container "radio" stays PAUSED for 500 milliseconds

  Scenario: What was due while it was paused happens when it is resumed
    Given the container "radio" that exits with code 3 after 300 milliseconds and restarts NO is running
    And the cloud sends "pause" to the container "radio"
    And 500 milliseconds pass
    When the cloud sends "resume" to the container "radio"
    Then the container "radio" becomes RUNNING
    And after that the container "radio" becomes EXITED with
      | member   | value |
      | exitCode | 3     |

  Scenario Outline: What is paused cannot be <what>
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "pause" to the container "radio"
    When the cloud sends "<operation>" to the container "radio" with <value>
    Then the answer is 500 "messages:execution.failed"
    And the container "radio" is PAUSED

    Examples:
      | what                  | operation | value |
      | paused again          | pause     | {}    |
      | started               | start     | {}    |
      | removed without force | remove    | false |

  Scenario: What is not paused cannot be resumed
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "resume" to the container "radio"
    Then the answer is 500 "messages:execution.failed"
    And the container "radio" is RUNNING

  Scenario: A paused container can be stopped
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "pause" to the container "radio"
    When the cloud sends "stopWithOptions" to the container "radio" with {"timeout":1,"force":true}
    Then the answer is 204
    And the container "radio" becomes STOPPED

  Scenario: A paused container can be killed
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "pause" to the container "radio"
    When the cloud sends "stopWithOptions" to the container "radio" with {"signal":"SIGKILL"}
    Then the answer is 204
    And the container "radio" becomes STOPPED
