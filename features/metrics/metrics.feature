Feature: What containers use
  The cloud asks once, the device tells every so often, until somebody asks otherwise. Who is asked for something else, or nothing, says
  nothing else, or nothing.

  Background:
    Given a running device without containers
    And the container "radio" that uses 20 % of the processors and uses 32M of memory and may use 64M of memory is running

  Scenario: Everything about everything
    When the cloud asks for metrics every "1s"
    Then the answer is 204
    And metrics of the container "radio" arrive with just
      | measurement        | value    |
      | cpu.utilization    | about 20 |
      | memory.total       | 67108864 |
      | memory.used        | 33554432 |
      | memory.utilization | 50       |
      | net.readBytes      |          |
      | net.writeBytes     |          |
      | pids               |          |
    And the metrics tell the time in seconds

  Scenario: Some measurements of one container
    Given the container "maps" from "quay.io/acme/maps:7.1" is running
    When the cloud asks for metrics every "1s" of
      | container | measurements       |
      | radio     | cpu.*, memory.used |
    Then metrics of the container "radio" arrive with just
      | measurement     | value    |
      | cpu.utilization | about 20 |
      | memory.used     | 33554432 |
    And the metrics tell of no other container than "radio"

  Scenario: Everything of one container
    Given the container "maps" from "quay.io/acme/maps:7.1" is running
    When the cloud asks for metrics every "1s" of
      | container | measurements |
      | radio     |              |
    Then metrics of the container "radio" arrive
    And the metrics tell of no other container than "radio"

  Scenario: One measurement of every container
    Given the container "maps" from "quay.io/acme/maps:7.1" is running
    When the cloud asks for metrics every "1s" of
      | container | measurements |
      |           | memory.total |
    Then metrics of the container "radio" arrive with just
      | measurement  | value    |
      | memory.total | 67108864 |
    And metrics of the container "maps" arrive with just
      | measurement  | value |
      | memory.total |       |

  Scenario: A container that nobody knows has no metrics
    When the cloud asks for metrics every "1s" of
      | container         | measurements |
      | Container:unknown |              |
    Then the answer is 204
    And no metrics arrive for 1200 milliseconds

  Scenario: A measurement that nobody knows is never told
    When the cloud asks for metrics every "1s" of
      | container | measurements |
      |           | gpu.*        |
    Then the answer is 204
    And no metrics arrive for 1200 milliseconds

  Scenario: Not more often than once a second
    When the cloud asks for metrics every "50ms"
    Then the answer is 204
    And no metrics arrive for 700 milliseconds
    And metrics of the container "radio" arrive

  Scenario: Metrics can be stopped
    Given the cloud asks for metrics every "1s"
    And metrics of the container "radio" arrive
    When the cloud asks for metrics every "0s"
    Then the answer is 204
    And no metrics arrive for 1200 milliseconds

  Scenario: Another request takes the place of the first
    Given the cloud asks for metrics every "1s"
    When the cloud asks for metrics every "1h"
    Then the answer is 204
    And no metrics arrive for 1200 milliseconds

  Scenario: A container that does not run has no metrics
    Given the container "maps" from "quay.io/acme/maps:7.1" is created
    When the cloud asks for metrics every "1s"
    Then metrics of the container "radio" arrive
    And the metrics tell of no other container than "radio"

  Scenario: A device on which nothing runs says nothing
    Given the cloud sends "stop" to the container "radio"
    When the cloud asks for metrics every "1s"
    Then the answer is 204
    And no metrics arrive for 1200 milliseconds

  Scenario: A paused container still has its memory
    Given the cloud sends "pause" to the container "radio"
    When the cloud asks for metrics every "1s" of
      | container | measurements |
      | radio     | memory.used  |
    Then metrics of the container "radio" arrive

  Scenario: A new registration ends the metrics
    Given the cloud asks for metrics every "1s"
    And metrics of the container "radio" arrive
    When the connector takes the policy "acme:policy"
    Then the device registers the feature "Metrics"
    And after that no metrics arrive for 1200 milliseconds

  Scenario: A container that starts later is told of without another request
    Given the container "maps" from "quay.io/acme/maps:7.1" is created
    And the cloud asks for metrics every "1s"
    When the cloud sends "start" to the container "maps"
    Then metrics of the container "maps" arrive

  Scenario Outline: <what> is refused
    When the cloud sends "<operation>" to the feature "Metrics" with
      """
      <value>
      """
    Then the answer is <status> "<error>"
    And no metrics arrive for 100 milliseconds

    Examples:
      | what                           | operation | value                             | status | error                      |
      | A period that is none          | request   | {"frequency":"often"}             | 400    | messages:parameter.invalid |
      | A filter that is a text        | request   | {"frequency":"1s","filter":"cpu"} | 400    | messages:parameter.invalid |
      | An operation that nobody knows | measure   | {"frequency":"1s"}                | 404    | messages:subject.notfound  |
