Feature: Installations that fail
  What failed is told first as the last failed operation, then as the last operation. What was offered wrongly is rejected, what went
  wrong is an error.

  Background:
    Given a running device without containers
    And the server offers "radio.json"
      """
      {"container_name":"radio","image":{"name":"quay.io/acme/radio:2.4"}}
      """

  Scenario Outline: <what>
    When the cloud installs "radio.json" with the checksums
      | algorithm   | value   |
      | <algorithm> | <value> |
    Then the installation fails with <status>, saying "<reason>"
    And the twin's inventory is absent

    Examples:
      | what                                     | algorithm | value                                                            | status            | reason                         |
      | A file that somebody changed             | SHA256    | 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 | FINISHED_REJECTED | sha256 checksum does not match |
      | A file that is older than its MD5        | MD5       | 098f6bcd4621d373cade4e832627b4f6                                 | FINISHED_REJECTED | md5 checksum does not match    |
      | A checksum that is none                  | SHA1      | hello                                                            | FINISHED_REJECTED |                                |
      | A checksum that is too long for its kind | MD5       | da39a3ee5e6b4b0d3255bfef95601890afd80709                         | FINISHED_ERROR    | internal runtime error         |

  Scenario: The last failure stays in the twin when the next installation succeeds
    When the cloud installs "nothing.json"
    Then the installation reports STARTED, DOWNLOADING and FINISHED_ERROR
    When the cloud installs "radio.json"
    Then the rollout ends with FINISHED_SUCCESS
    And the twin's last operation is FINISHED_SUCCESS
    And the twin's last failed operation is FINISHED_ERROR

  Scenario: The server does not have the file
    When the cloud installs "nothing.json"
    Then the installation reports STARTED, DOWNLOADING and FINISHED_ERROR
    And the installation fails with FINISHED_ERROR

  Scenario: The server does not have the file, but a checksum is given
    When the cloud installs "nothing.json" with the checksums
      | algorithm | value                                                            |
      | SHA256    | 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 |
    Then the installation fails with FINISHED_REJECTED, saying "sha256 checksum does not match"

  Scenario: The server cannot be reached
    When the cloud installs "http://nowhere.invalid/radio.json"
    Then the installation reports STARTED, DOWNLOADING and FINISHED_ERROR
    And the installation fails with FINISHED_ERROR, saying "nowhere.invalid"

  Scenario: No link that the device can use
    When the cloud installs "radio.json" over a link for FTP
    Then the installation fails with FINISHED_ERROR, saying "internal runtime error"

  Scenario: A file that is no JSON
    Given the server offers "broken.json"
      """
      {"container_name":
      """
    When the cloud installs "broken.json"
    Then the installation reports STARTED, DOWNLOADING and FINISHED_ERROR

  Scenario: A file without an image
    Given the server offers "empty.json"
      """
      {"container_name":"empty"}
      """
    When the cloud installs "empty.json"
    Then the installation reports STARTED, DOWNLOADING and FINISHED_REJECTED

  Scenario: A file that describes a container that cannot be
    Given the server offers "tiny.json"
      """
      {"container_name":"tiny","image":{"name":"quay.io/acme/tiny:1"},"host_config":{"resources":{"memory":"1M"}}}
      """
    When the cloud installs "tiny.json"
    Then the installation fails with FINISHED_REJECTED, saying "memory"

  Scenario: An image that cannot be pulled
    Given the server offers "lost.json"
      """
      {"container_name":"lost","image":{"name":"registry.invalid/acme/lost:1"}}
      """
    When the cloud installs "lost.json"
    Then the installation reports STARTED, DOWNLOADING, DOWNLOADED, INSTALLING and FINISHED_ERROR
    And the installation fails with FINISHED_ERROR, saying "no such host"

  Scenario: A container that cannot be started stays installed
    Given the server offers "stuck.json"
      """
      {"container_name":"stuck","image":{"name":"quay.io/acme/stuck:1"},"config":{"env":["SIM_START_ERROR=exec: no such file"]}}
      """
    When the cloud installs "stuck.json"
    Then the installation reports STARTED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED and FINISHED_ERROR
    And the installation fails with FINISHED_ERROR, saying "exec: no such file"
    And the container "stuck" is STOPPED
    And the twin's inventory has 1 entries

  Scenario: Of two files the second is bad, so that nothing is created
    When the cloud installs the modules
      | module | version | files                    |
      | both   | 1.0     | radio.json, nothing.json |
    Then the installation fails with FINISHED_ERROR
    And the twin's inventory is absent

  Scenario: Of two containers the second cannot be created, the first stays
    Given the server offers "lost.json"
      """
      {"container_name":"lost","image":{"name":"registry.invalid/acme/lost:1"}}
      """
    When the cloud installs the modules
      | module | version | files                 |
      | both   | 1.0     | radio.json, lost.json |
    Then the installation fails with FINISHED_ERROR
    And the container "radio" is CREATED

  Scenario: A container whose id is taken
    Given the server offers "fixed.json"
      """
      {"container_id":"3f2b0c1e-0000-4000-8000-000000000001","container_name":"fixed","image":{"name":"quay.io/acme/fixed:1"}}
      """
    And the cloud has installed "fixed.json"
    When the cloud installs "fixed.json"
    Then the installation fails with FINISHED_ERROR, saying "already exists"

  Scenario Outline: <what> is refused at once
    When the cloud sends "<operation>" to the feature "SoftwareUpdatable" with
      """
      <value>
      """
    Then the answer is <status> "<error>"
    And the device says nothing on "e/#" for 50 milliseconds

    Examples:
      | what                       | operation | value                                                                                   | status | error                      |
      | An installation of nothing | install   | {"correlationId":"r"}                                                                   | 400    | messages:parameter.invalid |
      | A module without files     | install   | {"correlationId":"r","softwareModules":[{"softwareModule":{"name":"m","version":"1"}}]} | 400    | messages:parameter.invalid |
      | A module that is a text    | install   | {"correlationId":"r","softwareModules":["radio"]}                                       | 400    | messages:parameter.invalid |
      | A removal of nothing       | remove    | {"correlationId":"r","software":[]}                                                     | 400    | messages:parameter.invalid |
      | A download in advance      | download  | {"correlationId":"r"}                                                                   | 404    | messages:subject.notfound  |
      | Cancelling                 | cancel    | {"correlationId":"r"}                                                                   | 404    | messages:subject.notfound  |
