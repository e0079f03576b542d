Feature: Installing software
  The cloud names files that describe containers. The device accepts at once, then fetches, checks, creates and starts, and tells
  each step; the inventory and the containers follow by themselves.

  Background:
    Given a running device without containers
    And the server offers "radio.json"
      """
      {"container_name":"radio","image":{"name":"quay.io/acme/radio:2.4"}}
      """
    And the server offers "maps.json"
      """
      {"container_name":"maps","image":{"name":"quay.io/acme/maps:7.1"}}
      """

  Scenario: One container
    When the cloud installs "radio.json"
    Then the answer is 204
    And the installation reports STARTED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED and FINISHED_SUCCESS
    And the container "radio" is RUNNING
    And the twin's inventory lists
      | group              | version |
      | quay.io/acme/radio | 2.4     |

  Scenario: A container is created before it counts as installed, and started after
    When the cloud installs "radio.json"
    Then the installation reports STARTED, DOWNLOADING, DOWNLOADED and INSTALLING
    And after that the container "radio" becomes CREATED
    And after that the rollout ends with INSTALLED
    And after that the container "radio" becomes RUNNING
    And after that the rollout ends with FINISHED_SUCCESS

  Scenario: The file says what is installed, not the name of the module
    When the cloud installs the modules
      | module       | version | files     |
      | infotainment | 99      | maps.json |
    Then the rollout ends with FINISHED_SUCCESS
    And the container "maps" is RUNNING
    And the twin's inventory lists
      | group             | version |
      | quay.io/acme/maps | 7.1     |

  Scenario: A file may dictate the id of its container
    Given the server offers "fixed.json"
      """
      {"container_id":"3f2b0c1e-0000-4000-8000-000000000001","container_name":"fixed","image":{"name":"quay.io/acme/fixed:1"}}
      """
    When the cloud installs "fixed.json"
    Then the rollout ends with FINISHED_SUCCESS
    And the twin has the feature "Container:3f2b0c1e-0000-4000-8000-000000000001"

  Scenario: A file brings the whole configuration
    Given the server offers "heater.json"
      """
      {"container_name":"heater","image":{"name":"quay.io/acme/heater:1"},"config":{"env":["LEVEL=2"]},
       "host_config":{"network_mode":"host","restart_policy":{"type":"on-failure","maximum_retry_count":5},"resources":{"memory":"64M"}}}
      """
    When the cloud installs "heater.json"
    Then the rollout ends with FINISHED_SUCCESS
    And the container "heater" is reported with
      | member                             | value      |
      | config.env.0                       | LEVEL=2    |
      | config.networkMode                 | HOST       |
      | config.restartPolicy.type          | ON_FAILURE |
      | config.restartPolicy.maxRetryCount | 5          |
      | config.resources.memory            | 64M        |

  Scenario: Modules are installed one after the other
    When the cloud installs the modules
      | module | version | files      |
      | radio  | 2.4     | radio.json |
      | maps   | 7.1     | maps.json  |
    Then the installation tells of the modules
      | module | statuses                                                                  |
      | radio  | STARTED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED, FINISHED_SUCCESS |
      | maps   | STARTED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED, FINISHED_SUCCESS |

  Scenario: A module of two files creates both containers before it starts one
    When the cloud installs the modules
      | module | version | files                 |
      | both   | 1.0     | radio.json, maps.json |
    Then the rollout ends with INSTALLED
    And after that the container "radio" becomes RUNNING
    And after that the container "maps" becomes RUNNING
    And after that the rollout ends with FINISHED_SUCCESS

  Scenario: A module that fails does not keep the next one from being installed
    When the cloud installs the modules
      | module | version | files        |
      | ghost  | 1.0     | nothing.json |
      | maps   | 7.1     | maps.json    |
    Then the installation tells of the modules
      | module | statuses                                                                  |
      | ghost  | STARTED, DOWNLOADING, FINISHED_ERROR                                      |
      | maps   | STARTED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED, FINISHED_SUCCESS |
    And the container "maps" is RUNNING

  Scenario: A second installation waits for the first
    Given the server hangs while it sends "radio.json"
    And the cloud installs "radio.json"
    When the cloud installs "maps.json"
    Then the answer is 204
    And nothing more is told of the rollout for 100 milliseconds
    When the server goes on with "radio.json"
    Then the installation reports STARTED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED and FINISHED_SUCCESS

  Scenario: While something is downloaded, other commands are answered
    Given the server hangs while it sends "radio.json"
    When the cloud installs "radio.json"
    Then the installation reports STARTED and DOWNLOADING
    And the cloud can still create a container from "docker.io/library/busybox:1.35"

  Scenario Outline: A file whose <algorithm> is right
    When the cloud installs "radio.json" with the checksums
      | algorithm   | value |
      | <algorithm> | right |
    Then the rollout ends with FINISHED_SUCCESS

    Examples:
      | algorithm |
      | MD5       |
      | SHA1      |
      | SHA256    |

  Scenario: Of several checksums only the first counts
    When the cloud installs "radio.json" with the checksums
      | algorithm | value                                    |
      | SHA1      | da39a3ee5e6b4b0d3255bfef95601890afd80709 |
      | MD5       | right                                    |
    Then the rollout ends with FINISHED_SUCCESS

  Scenario: A secure link does as well
    When the cloud installs "radio.json" over a link for HTTPS
    Then the rollout ends with FINISHED_SUCCESS

  Scenario: Installing the same file twice makes two containers
    Given the cloud has installed "radio.json"
    When the cloud installs "radio.json"
    Then the rollout ends with FINISHED_SUCCESS
    And the twin's inventory has 2 entries

  Scenario: A new registration forgets how the last installation went
    Given the cloud has installed "radio.json"
    When the connector takes the policy "acme:policy"
    Then the device registers the feature "SoftwareUpdatable"
    And the twin's last operation is absent
    And the twin's inventory has 1 entries
