Feature: A device refuses what it cannot do, and says why
  A refusal is an answer too: it tells the status, an error id and a sentence. A command that wants no
  answer gets none, whatever is wrong with it.

  Background:
    Given a running device without containers
    And the container "radio" from "docker.io/library/busybox:1.35" is running

  Scenario: Starting what already runs
    When the cloud sends "start" to the container "radio"
    Then the answer is 500 "messages:execution.failed"

  Scenario: Removing what runs, without force
    When the cloud sends "remove" to the container "radio" with false
    Then the answer is 500 "messages:execution.failed"
    And the container "radio" is RUNNING

  Scenario: Renaming to something that is no name
    When the cloud sends "rename" to the container "radio" with "-bad name!"
    Then the answer is 500 "messages:execution.failed"

  Scenario: An argument of the wrong type
    When the cloud sends "remove" to the container "radio" with {}
    Then the answer is 400 "messages:parameter.invalid"

  Scenario: Creating without an image
    When the cloud sends "create" to the factory
      """
      {"start":true}
      """
    Then the answer is 500 "messages:execution.failed"

  Scenario: An operation that does not exist
    When the cloud sends "fly" to the container "radio"
    Then the answer is 404 "messages:subject.notfound"

  Scenario: A container that does not exist
    When the cloud sends "start" to the feature "Container:00000000-0000-4000-8000-000000000000"
    Then the answer is 400 "messages:parameter.invalid"
    And the answer's path still names the inbox

  Scenario: A container that was removed
    Given the cloud sends "remove" to the container "radio" with true
    When the cloud sends "start" to the container "radio"
    Then the answer is 400 "messages:parameter.invalid"

  Scenario: A command without a correlation id
    When someone sends the command "start" to the container "radio" with the headers
      """
      {"response-required":true}
      """
    Then the device answers with status 400

  Scenario: A value without a content type
    When someone sends the command "remove" to the container "radio" with the value false and the headers
      """
      {"response-required":true,"correlation-id":"c-1"}
      """
    Then the device answers with status 400

  Scenario: A content type without a value
    When someone sends the command "start" to the container "radio" with the headers
      """
      {"response-required":true,"correlation-id":"c-1","content-type":"application/json"}
      """
    Then the device answers with status 400

  Scenario: A command that does not ask for an answer gets none
    When someone sends the command "stop" to the container "radio" with the headers
      """
      {"correlation-id":"c-1"}
      """
    Then the container "radio" becomes STOPPED
    And the device says nothing on "command/#" for 200 milliseconds

  Scenario: A one-way command is carried out in silence
    When the cloud sends "stop" to the container "radio" and wants no answer
    Then the container "radio" becomes STOPPED
    And the device says nothing on "command/#" for 200 milliseconds
