Feature: The cloud runs containers on a device
  Commands go to the device as live messages, each is answered once, and the twin follows.

  Background:
    Given a running device without containers

  Scenario: Create a container without starting it
    When the cloud sends "create" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","start":false}
      """
    Then the answer is 200 with the id of a new container
    And the new container is reported as CREATED
    And after that its state is reported as CREATED once more
    And the twin's inventory has 1 entries

  Scenario: Create a container and start it at once
    When the cloud sends "create" to the factory
      """
      {"imageRef":"docker.io/library/busybox:1.35","start":true}
      """
    Then the answer is 200 with the id of a new container
    And the new container is reported as CREATED
    And after that its state is reported as RUNNING

  Scenario: Create a container with a configuration
    When the cloud sends "createWithConfig" to the factory
      """
      {"imageRef":"quay.io/acme/dashboard:1.0.3","name":"dashboard","start":true,
       "config":{"env":["MODE=demo"],"portMappings":[{"hostPort":8088,"containerPort":80}],
                 "restartPolicy":{"type":"ON_FAILURE","maxRetryCount":4,"retryTimeout":20},
                 "resources":{"memory":"64M"}}}
      """
    Then the answer is 200 with the id of a new container
    And the container "dashboard" is reported with
      | member                              | value          |
      | config.hostName                     | dashboard-host |
      | config.env.0                        | MODE=demo      |
      | config.portMappings.0.hostPortEnd   | 8088           |
      | config.portMappings.0.hostIP        | 0.0.0.0        |
      | config.portMappings.0.proto         | tcp            |
      | config.restartPolicy.maxRetryCount  | 4              |
      | config.resources.memorySwap         | 128M           |
      | config.log.maxSize                  | 100M           |

  Scenario: Start a container
    Given the container "radio" from "docker.io/library/busybox:1.35" is created
    When the cloud sends "start" to the container "radio"
    Then the answer is 204
    And the container "radio" becomes RUNNING

  Scenario: Stop a container
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "stop" to the container "radio"
    Then the answer is 204
    And the container "radio" becomes STOPPED

  Scenario: Start a stopped container again
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "stop" to the container "radio"
    When the cloud sends "start" to the container "radio"
    Then the answer is 204
    And the container "radio" becomes RUNNING

  Scenario: Rename a container
    Given the container "radio" from "docker.io/library/busybox:1.35" is created
    When the cloud sends "rename" to the container "radio" with "jukebox"
    Then the answer is 204
    And the twin shows the new name "jukebox"

  Scenario: Remove a stopped container
    Given the container "radio" from "docker.io/library/busybox:1.35" is created
    When the cloud sends "remove" to the container "radio" with false
    Then the answer is 204
    And the container "radio" becomes DEAD
    And after that the feature of the container "radio" is deleted
    And the twin's inventory is null

  Scenario: Remove a running container by force
    Given the container "radio" from "docker.io/library/busybox:1.35" is running
    When the cloud sends "remove" to the container "radio" with true
    Then the answer is 204
    And after that the feature of the container "radio" is deleted

  Scenario: Two containers of the same image are two entries of the inventory
    Given the container "left" from "docker.io/library/busybox:1.35" is created
    And the container "right" from "docker.io/library/busybox:1.35" is created
    Then the twin's inventory has 2 entries

  Scenario: Commands are answered in the order in which they came
    When the cloud creates 5 containers at once from "docker.io/library/busybox:1.35"
    Then all 5 answers are 200, in the order of the commands
