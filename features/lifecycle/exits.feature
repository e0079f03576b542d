Feature: Containers that end or fail by themselves
  Nobody has to ask: the device tells when a process ended, with what code and why.

  Background:
    Given a running device without containers

  Scenario: A process that has done its work
    When the container "job" that exits with code 0 after 100 milliseconds and restarts NO is started
    Then the container "job" becomes EXITED with
      | member    | value  |
      | pid       | -1     |
      | exitCode  | absent |
      | oomKilled | absent |
      | error     | absent |

  Scenario: A process that fails
    When the container "job" that exits with code 3 after 100 milliseconds and restarts NO is started
    Then the container "job" becomes EXITED with
      | member   | value |
      | pid      | -1    |
      | exitCode | 3     |

  Scenario: A process that is killed for want of memory
    When the container "hog" that runs out of memory after 100 milliseconds and restarts NO is started
    Then the container "hog" becomes EXITED with
      | member    | value      |
      | pid       | -1         |
      | exitCode  | 137        |
      | oomKilled | True       |
      | error     | OOM Killed |

  Scenario: A process that takes more memory than it may
    When the container "hog" that uses 50M of memory and may use 20M of memory and restarts NO is started
    Then the container "hog" becomes EXITED with
      | member    | value |
      | oomKilled | True  |

  Scenario: A new start wipes out why it ended before
    Given the container "hog" that runs out of memory after 300 milliseconds and restarts NO is running
    And 400 milliseconds pass
    When the cloud sends "start" to the container "hog"
    Then the answer is 204
    And the container "hog" becomes RUNNING with
      | member    | value  |
      | exitCode  | absent |
      | oomKilled | absent |
      | error     | absent |

  Scenario: A container that cannot be started tells why
    Given the container "radio" that cannot start because of "exec: no such file" and restarts NO is created
    When the cloud sends "start" to the container "radio"
    Then the answer is 500 "messages:execution.failed"
    And the answer says "exec: no such file"
    And the container "radio" becomes STOPPED with
      | member | value              |
      | error  | exec: no such file |
      | pid    | -1                 |

  Scenario: Creating succeeds even if starting at once does not
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","start":true,
       "config":{"restartPolicy":{"type":"NO"},"env":["SIM_START_ERROR=exec: no such file"]}}
      """
    Then the answer is 200 with the id of a new container
    And the new container is reported as CREATED
    And after that its state is reported as CREATED once more
    And after that its state is reported as STOPPED

  Scenario: An image that cannot be pulled makes no container
    When the cloud sends "create" to the factory
      """
      {"imageRef":"registry.invalid/acme/radio:1.0","start":true}
      """
    Then the answer is 500 "messages:execution.failed"
    And the answer says "no such host"
    And the device says nothing on "e/#" for 200 milliseconds
    And the twin's inventory is absent

  Scenario: A slow download of an image delays the answer, not the outcome
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"quay.io/acme/maps:7.1","name":"maps","start":true,"config":{"env":["SIM_PULL_TIME=300ms"]}}
      """
    Then the answer is 200 with the id of a new container
    And the container "maps" is RUNNING

  Scenario: A device that stops tells that its containers stopped
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the device shuts down
    Then the container "radio" becomes STOPPED
