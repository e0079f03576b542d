Feature: Downloading in advance, and changing one's mind
  Beyond what other devices do, and only if it is switched on: files can be fetched before they are installed, their progress is told,
  and what goes on can be called off.

  Background:
    Given a device that also downloads in advance and cancels
    And a running device without containers
    And the server offers "radio.json"
      """
      {"container_name":"radio","image":{"name":"quay.io/acme/radio:2.4"}}
      """

  Scenario: A download in advance installs nothing
    When the cloud downloads "radio.json" in advance
    Then the answer is 204
    And the rollout ends with DOWNLOADED
    And after that the rollout ends with FINISHED_SUCCESS
    And the twin's inventory is absent

  Scenario: A download tells how far it is
    Given the server hangs while it sends "radio.json"
    When the cloud installs "radio.json"
    Then the installation has downloaded 50 percent
    When the server goes on with "radio.json"
    Then the installation has downloaded 100 percent
    And after that the rollout ends with FINISHED_SUCCESS

  Scenario: An installation whose server hangs can be called off
    Given the server hangs while it sends "radio.json"
    And the cloud installs "radio.json"
    When the cloud cancels the rollout
    Then the answer is 204
    And the rollout ends with CANCELING
    And after that the rollout ends with FINISHED_CANCELED
    And the twin's inventory is absent

  Scenario: What was called off does not hold up the next installation
    Given the server hangs while it sends "radio.json"
    And the server offers "maps.json"
      """
      {"container_name":"maps","image":{"name":"quay.io/acme/maps:7.1"}}
      """
    And the cloud installs "radio.json"
    And the cloud cancels the rollout
    When the cloud installs "maps.json"
    Then the rollout ends with FINISHED_SUCCESS
    And the container "maps" is RUNNING

  Scenario: What is over cannot be called off
    Given the cloud has installed "radio.json"
    When the cloud cancels the rollout
    Then the answer is 500 "messages:execution.failed"
    And the container "radio" is RUNNING
