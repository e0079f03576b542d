Feature: A device reports what runs on it
  The twin in the cloud shows each container with its configuration and state, and the inventory of
  installed software in hawkBit's vocabulary.

  Scenario: The inventory lists the five containers of the founding example
    Given a device with the demo containers
    When the device starts
    Then the device registers the feature "SoftwareUpdatable"
    And the twin's software module type is "oci:container"
    And the twin's inventory lists
      | group                                                                     | version  |
      | ghcr.io/eclipse/kuksa.val/databroker                                      | 0.2.5    |
      | ghcr.io/eclipse/kuksa.val.services/seat_service                           | v0.1.0   |
      | ghcr.io/eclipse-leda/leda-contrib-cloud-connector/cloudconnector          | latest   |
      | ghcr.io/eclipse-leda/leda-contrib-self-update-agent/self-update-agent     | build-20 |
      | ghcr.io/eclipse-leda/leda-contrib-vehicle-update-manager/vehicleupdatemanager | latest |

  Scenario: Inventory keys carry the image with its slashes encoded, the container's id and the version
    Given a running device with the demo containers
    Then an inventory key reads "ghcr.io%2Feclipse%2Fkuksa.val%2Fdatabroker.<id>:0.2.5"

  Scenario: The seat service is reported with its whole configuration
    Given a running device with the demo containers
    Then the container "seatservice-example" is reported with
      | member                                     | value                                                  |
      | imageRef                                   | ghcr.io/eclipse/kuksa.val.services/seat_service:v0.1.0 |
      | config.domainName                          | seatservice-example-domain                             |
      | config.hostName                            | seatservice-example-host                               |
      | config.env.0                               | VEHICLEDATABROKER_DAPR_APP_ID=databroker               |
      | config.env.3                               | vehicle_data_broker=info                               |
      | config.restartPolicy.type                  | UNLESS_STOPPED                                         |
      | config.extraHosts.0                        | databroker-host:host_ip                                |
      | config.portMappings.0.proto                | tcp                                                    |
      | config.portMappings.0.hostPort             | 30051                                                  |
      | config.portMappings.0.containerPort        | 50051                                                  |
      | config.portMappings.0.hostIP               | localhost                                              |
      | config.networkMode                         | BRIDGE                                                 |
      | config.log.type                            | JSON_FILE                                              |
      | config.log.maxFiles                        | 2                                                      |
      | config.log.maxSize                         | 1M                                                     |
      | state.status                               | RUNNING                                                |

  Scenario: Containers are registered before their factory
    Given a device with the demo containers
    When the device starts
    Then the device registers 5 containers
    And after that the device registers the feature "ContainerFactory"

  Scenario: An empty device leaves the inventory out
    Given a running device without containers
    Then the twin's inventory is absent

  Scenario: A device with many containers reports them all
    Given a device with 40 containers
    When the device starts
    Then the device registers 40 containers
    And the twin's inventory has 40 entries

  Scenario: What ran before a restart of the device runs after it
    Given a running device without containers that keeps its state
    And the container "radio" from "docker.io/library/busybox:1.35" is running
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is RUNNING

  Scenario: What was stopped by hand stays stopped after a restart of the device
    Given a running device without containers that keeps its state
    And the container "radio" from "docker.io/library/busybox:1.35" is running
    And the cloud sends "stop" to the container "radio"
    When the device restarts
    Then the device registers 1 containers
    And the container "radio" is STOPPED
