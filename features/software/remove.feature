Feature: Removing software
  Software is named by the ids of its containers. They are removed one after the other, running or not, and in the end the device tells
  in groups what was not tried, what failed and what is gone.

  Background:
    Given a running device without containers
    And the container "radio" from "quay.io/acme/radio:2.4" is running
    And the container "maps" from "quay.io/acme/maps:7.1" is created

  Scenario: One container, while it runs
    When the cloud removes the software "radio"
    Then the answer is 204
    And the removal reports REMOVING, REMOVED and FINISHED_SUCCESS
    And the feature of the container "radio" is deleted
    And the twin's inventory lists
      | group             | version |
      | quay.io/acme/maps | 7.1     |

  Scenario: The inventory has changed before a container counts as removed
    When the cloud removes the software "radio" by force
    Then the rollout ends with REMOVING
    And after that the feature of the container "radio" is deleted
    And after that the rollout ends with REMOVED
    And after that the rollout ends with FINISHED_SUCCESS

  Scenario: Several containers in the order in which they are named
    When the cloud removes the software "maps", "radio"
    Then the removal tells of
      | status           | software    |
      | REMOVING         | maps        |
      | REMOVED          | maps        |
      | REMOVING         | radio       |
      | REMOVED          | radio       |
      | FINISHED_SUCCESS | maps, radio |
    And the twin's inventory is null

  Scenario: Software that is not there
    When the cloud removes the software "radar"
    Then the removal fails with FINISHED_ERROR, saying "container with ID = radar does not exist"
    And the twin's inventory has 2 entries

  Scenario: Without force the first failure rejects the rest
    When the cloud removes the software "radio", "radar", "maps"
    Then the removal tells of
      | status            | software |
      | REMOVING          | radio    |
      | REMOVED           | radio    |
      | REMOVING          | radar    |
      | FINISHED_REJECTED | maps     |
      | FINISHED_ERROR    | radar    |
      | FINISHED_SUCCESS  | radio    |
    And the twin's inventory has 1 entries

  Scenario: What was not tried is rejected without a reason
    When the cloud removes the software "radar", "maps"
    Then the removal fails with FINISHED_REJECTED
    And the failure names no reason

  Scenario: By force everything is tried
    When the cloud removes the software "radar", "radio", "maps" by force
    Then the removal tells of
      | status           | software    |
      | REMOVING         | radar       |
      | REMOVING         | radio       |
      | REMOVED          | radio       |
      | REMOVING         | maps        |
      | REMOVED          | maps        |
      | FINISHED_ERROR   | radar       |
      | FINISHED_SUCCESS | radio, maps |
    And the twin's inventory is null

  Scenario: Several failures are counted and told together
    When the cloud removes the software "radar", "sonar" by force
    Then the removal fails with FINISHED_ERROR, saying "2 errors"

  Scenario: The same container named twice is missing the second time
    When the cloud removes the software "radio", "radio" by force
    Then the removal tells of
      | status           | software |
      | REMOVING         | radio    |
      | REMOVED          | radio    |
      | REMOVING         | radio    |
      | FINISHED_ERROR   | radio    |
      | FINISHED_SUCCESS | radio    |

  Scenario: What was installed can be removed
    Given the server offers "heater.json"
      """
      {"container_name":"heater","image":{"name":"quay.io/acme/heater:1"}}
      """
    And the cloud has installed "heater.json"
    When the cloud removes the software "heater"
    Then the rollout ends with FINISHED_SUCCESS
    And the twin's inventory has 2 entries
