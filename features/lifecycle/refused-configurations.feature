Feature: Configurations that no container can have
  A container that could not run as described is refused before anything is downloaded or shown in the twin.

  Background:
    Given a running device without containers

  Scenario Outline: <what>
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","name":"radio","start":true,"config":<config>}
      """
    Then the answer is 500 "messages:execution.failed"
    And the answer says "<reason>"
    And the device says nothing on "e/#" for 50 milliseconds

    Examples:
      | what                                        | reason          | config                                                                     |
      | Less memory than three megabytes            | memory          | {"resources":{"memory":"2M"}}                                              |
      | A size in bytes                             | 5000000B        | {"resources":{"memory":"5000000B"}}                                        |
      | Swap without a memory limit                 | swap            | {"resources":{"memorySwap":"64M"}}                                         |
      | Less swap than memory                       | swap            | {"resources":{"memory":"64M","memorySwap":"32M"}}                          |
      | More reserved memory than the limit         | reservation     | {"resources":{"memory":"64M","memoryReservation":"128M"}}                  |
      | A privileged container with devices         | privileged      | {"privileged":true,"devices":[{"pathOnHost":"/dev/ttyS0"}]}                |
      | Ports in the host's own network             | host            | {"networkMode":"HOST","portMappings":[{"hostPort":80,"containerPort":80}]} |
      | The bridge's address in the host's network  | host            | {"networkMode":"HOST","extraHosts":["broker:host_ip"]}                     |
      | A network that does not exist               | NOWHERE         | {"networkMode":"NOWHERE"}                                                  |
      | A log without files                         | log             | {"log":{"type":"JSON_FILE","maxFiles":-1}}                                 |
      | A log whose size nobody understands         | much            | {"log":{"maxSize":"much"}}                                                 |
      | A log of an unknown kind                    | SYSLOG          | {"log":{"type":"SYSLOG"}}                                                  |
      | A log of an unknown mode                    | LAZY            | {"log":{"mode":"LAZY"}}                                                    |
      | A restart policy without a type             | restart policy  | {"restartPolicy":{"maxRetryCount":2}}                                      |
      | Retries for a container that always returns | max retry count | {"restartPolicy":{"type":"ALWAYS","maxRetryCount":2}}                      |
      | A negative pause between retries            | negative        | {"restartPolicy":{"type":"ON_FAILURE","retryTimeout":-1}}                  |
      | A variable whose name begins with a digit   | 1ST=yes         | {"env":["1ST=yes"]}                                                        |
      | A mount that leads nowhere                  | destination     | {"mountPoints":[{"source":"/data","destination":""}]}                      |

  Scenario: A port beyond the last one is not even read
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","config":{"portMappings":[{"hostPort":70000,"containerPort":80}]}}
      """
    Then the answer is 400 "messages:parameter.invalid"

  Scenario: A name that begins with a dash
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","name":"-radio","config":{}}
      """
    Then the answer is 500 "messages:execution.failed"
    And the answer says "invalid container name format : -radio"

  Scenario: Policies and networks may be spelt as the command line spells them
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","name":"radio","config":{"restartPolicy":{"type":"unless-stopped"},"networkMode":"host"}}
      """
    Then the answer is 200 with the id of a new container
    And the container "radio" is reported with
      | member                    | value          |
      | config.restartPolicy.type | UNLESS_STOPPED |
      | config.networkMode        | HOST           |

  Scenario: Two containers may have the same name
    Given the container "radio" from "docker.io/library/busybox:1.35" is created
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","name":"radio","config":{}}
      """
    Then the answer is 200 with the id of a new container
    And the twin's inventory has 2 entries

  Scenario: A privileged container gets no extra capabilities
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","name":"radio","config":{"privileged":true,"extraCapabilities":["CAP_NET_ADMIN"]}}
      """
    Then the answer is 200 with the id of a new container
    And the container "radio" is reported with
      | member                   | value  |
      | config.privileged        | True   |
      | config.extraCapabilities | absent |
