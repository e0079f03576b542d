Feature: Containers that come back
  The restart policy says whether a container that ended runs again; each short run doubles the pause before the next one.

  Background:
    Given a running device without containers

  Rule: ALWAYS means always

    Scenario: It comes back when it has done its work
      When the container "radio" that exits with code 0 after 100 milliseconds and restarts ALWAYS is started
      Then the container "radio" becomes EXITED
      And after that the container "radio" becomes RUNNING

    Scenario: It comes back even after somebody stopped it
      Given the container "radio" that restarts ALWAYS is running
      When the cloud sends "stop" to the container "radio"
      Then the answer is 204
      And the container "radio" becomes STOPPED
      And after that the container "radio" becomes RUNNING

    Scenario: The end of its last run stays visible while it runs again
      When the container "radio" that exits with code 3 after 100 milliseconds and restarts ALWAYS is started
      Then the container "radio" has exited 1 times
      And after that the container "radio" becomes RUNNING with
        | member   | value  |
        | exitCode | absent |
        | error    | absent |

  Rule: UNLESS_STOPPED comes back unless somebody stopped it

    Scenario: It comes back when it ended by itself
      When the container "radio" that exits with code 0 after 100 milliseconds and restarts UNLESS_STOPPED is started
      Then the container "radio" becomes EXITED
      And after that the container "radio" becomes RUNNING

    Scenario: It stays stopped when somebody stopped it
      Given the container "radio" that exits with code 143 when told to and restarts UNLESS_STOPPED is running
      When the cloud sends "stop" to the container "radio"
      Then the container "radio" stays STOPPED for 300 milliseconds

    Scenario: Started by hand, it comes back again
      Given the container "radio" that exits with code 1 after 400 milliseconds and restarts UNLESS_STOPPED is running
      And the cloud sends "stop" to the container "radio"
      When the cloud sends "start" to the container "radio"
      Then the container "radio" becomes EXITED
      And after that the container "radio" becomes RUNNING

  Rule: NO never comes back

    Scenario: It stays where it ended
      When the container "radio" that exits with code 1 after 50 milliseconds and restarts NO is started
      Then the container "radio" stays EXITED for 300 milliseconds

  Rule: ON_FAILURE comes back after a failure

    Scenario: It comes back when it failed
      When the container "radio" that exits with code 1 after 100 milliseconds and restarts ON_FAILURE is started
      Then the container "radio" becomes EXITED
      And after that the container "radio" becomes RUNNING

    Scenario: It stays when it has done its work
      When the container "radio" that exits with code 0 after 50 milliseconds and restarts ON_FAILURE is started
      Then the container "radio" stays EXITED for 300 milliseconds

    Scenario: After so many retries it gives up
      When the container "radio" that exits with code 1 after 20 milliseconds and restarts ON_FAILURE at most 2 times is started
      Then the container "radio" has exited 3 times
      And after that nothing is told of the container "radio" for 600 milliseconds

    Scenario: A start by hand gives it all its retries again
      Given the container "radio" that exits with code 1 after 20 milliseconds and restarts ON_FAILURE at most 1 times is running
      And after that the container "radio" has exited 2 times
      When the cloud sends "start" to the container "radio"
      Then the container "radio" has exited 2 times
      And after that nothing is told of the container "radio" for 400 milliseconds

    Scenario: A stop that ends in failure counts as one
      Given the container "radio" that exits with code 143 when told to and restarts ON_FAILURE is running
      When the cloud sends "stop" to the container "radio"
      Then the container "radio" becomes STOPPED
      And after that the container "radio" becomes RUNNING

    Scenario: A stop that ends well is final
      Given the container "radio" that exits with code 0 when told to and restarts ON_FAILURE is running
      When the cloud sends "stop" to the container "radio"
      Then the container "radio" stays STOPPED for 300 milliseconds

  Rule: A container that keeps failing is given more and more time

    Scenario: The pause doubles after each short run
      When the container "radio" that exits with code 1 after 20 milliseconds and restarts ALWAYS is started
      Then the container "radio" exits and comes back after at least 100, 200 and 400 milliseconds

    Scenario: A restart that fails is told twice, and is the last one
      Given the container "radio" that cannot start because of "no such file" and restarts NO is created
      And the cloud sends "start" to the container "radio"
      When the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"ALWAYS"}}
      Then the container "radio" becomes STOPPED
      And after that the container "radio" becomes STOPPED
      And after that nothing is told of the container "radio" for 500 milliseconds

  Rule: A new policy counts at once

    Scenario: ALWAYS brings back what somebody has stopped
      Given the container "radio" that restarts NO is running
      And the cloud sends "stop" to the container "radio"
      When the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"ALWAYS"}}
      Then the answer is 204
      And the container "radio" becomes RUNNING

    Scenario: UNLESS_STOPPED leaves alone what somebody has stopped
      Given the container "radio" that restarts NO is running
      And the cloud sends "stop" to the container "radio"
      When the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"UNLESS_STOPPED"}}
      Then the answer is 204
      And the configuration of "radio" changes to
        | member        | value                     |
        | restartPolicy | {"type":"UNLESS_STOPPED"} |
      And after that nothing is told of the container "radio" for 300 milliseconds

    Scenario: A container that never ran is not started by a new policy
      Given the container "radio" that restarts NO is created
      When the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"ALWAYS"}}
      Then the answer is 204
      And the configuration of "radio" changes to
        | member        | value             |
        | restartPolicy | {"type":"ALWAYS"} |
      And after that nothing is told of the container "radio" for 300 milliseconds

    Scenario: NO keeps a container from coming back the next time
      Given the container "radio" that exits with code 1 when told to and restarts ALWAYS is running
      And the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"NO"}}
      When the cloud sends "stop" to the container "radio"
      Then the container "radio" stays STOPPED for 300 milliseconds
