Feature: What kills or cripples other devices
  Each of these stopped a device in the field, or left it half alive. Ours answers, and the next good command works.

  Background:
    Given a running device without containers that keeps its state
    And the container "radio" from "quay.io/acme/radio:2.4" is running

  Rule: Commands that are hardly commands

    Scenario Outline: <what> is answered with a refusal
      When someone sends the device the command "start" that reads
        """
        <payload>
        """
      Then the device answers with status 400
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

      Examples:
        | what                       | payload                                                                                                       |
        | Text that is not JSON      | start it!                                                                                                     |
        | Half a message             | {"topic":"dummy-namespace/dummy                                                                               |
        | The word null              | null                                                                                                          |
        | A command without a topic  | {"headers":{"correlation-id":"c","response-required":true},"path":"/features/Metrics/inbox/messages/request"} |
        | A command without a path   | {"topic":"a/b/things/live/messages/start","headers":{"correlation-id":"c","response-required":true}}          |
        | A topic that is hardly one | {"topic":"a/b","headers":{"correlation-id":"c","response-required":true},"path":"/inbox/messages/start"}      |

    Scenario: A correlation id that is a number is refused
      When someone sends the command "stop" to the container "radio" with the headers
        """
        {"response-required":true,"correlation-id":7}
        """
      Then the device answers with status 400
      And the container "radio" is RUNNING

    Scenario: A wish for an answer that is a text is no wish
      When someone sends the command "stop" to the container "radio" with the headers
        """
        {"response-required":"true","correlation-id":"c-1"}
        """
      Then the container "radio" becomes STOPPED
      And the device says nothing on "command/#" for 100 milliseconds

    Scenario Outline: <what> is refused, not swallowed
      When someone sends the software the command "<operation>" with the value
        """
        <value>
        """
      Then the device answers with status 400
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

      Examples:
        | what                  | operation | value                                                                                                      |
        | Software that is null | install   | {"correlationId":"r","softwareModules":[{"softwareModule":null,"artifacts":[]}]}                           |
        | A module that is null | install   | {"correlationId":"r","softwareModules":[null]}                                                             |
        | A file that is null   | install   | {"correlationId":"r","softwareModules":[{"softwareModule":{"name":"m","version":"1"},"artifacts":[null]}]} |
        | An entry that is null | remove    | {"correlationId":"r","software":[null]}                                                                    |

    Scenario: A percent sign in a refusal arrives as it was sent
      When the cloud sends "rename" to the container "radio" with "100%d"
      Then the answer is 500 "messages:execution.failed"
      And the answer says "100%d"

  Rule: Events at the wrong moment

    Scenario: A container that ends before the device knows who it is
      Given the container "flaky" that exits with code 1 after 300 milliseconds and restarts ALWAYS is running
      And the cloud goes offline
      When the device restarts
      And 500 milliseconds pass
      And the cloud comes online
      Then the device registers 2 containers
      And after that the device takes commands
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

    Scenario: A container that somebody removes while its restart is pending
      Given the container "flaky" that exits with code 1 after 20 milliseconds and restarts ALWAYS is running
      And after that the container "flaky" has exited 4 times
      When the cloud sends "remove" to the container "flaky" with true
      Then the answer is 204
      And after that the feature of the container "flaky" is deleted
      And after that nothing is told of the container "flaky" for 1000 milliseconds

    Scenario: A removed container leaves no ghost for the next start of the device
      Given the container "flaky" that exits with code 1 after 20 milliseconds and restarts ALWAYS is running
      And after that the container "flaky" has exited 4 times
      And the cloud sends "remove" to the container "flaky" with true
      When the device restarts
      Then the device registers 1 containers
      And the device registers the feature "SoftwareUpdatable"
      And the twin's inventory has 1 entries

    Scenario: A container that somebody starts while its restart is pending
      Given the container "flaky" that exits with code 1 after 20 milliseconds and restarts ALWAYS is running
      And after that the container "flaky" has exited 4 times
      When the cloud sends "start" to the container "flaky"
      Then the answer is 204
      And the container "flaky" becomes STOPPED with
        | member | value                                   |
        | error  | container's restart manager is canceled |
      And after that the container "flaky" becomes RUNNING

    Scenario: Metrics that are stopped at the moment they are due
      Given the cloud asks for metrics every "1s"
      And 1000 milliseconds pass
      When the cloud asks for metrics every "0s"
      Then the answer is 204
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

  Rule: The cloud changes under the device's feet

    Scenario Outline: A twin event that comes back as <what> disables nothing
      When the cloud tells the device that "<path>" was <what>
      Then the cloud can still create a container from "docker.io/library/busybox:1.35"

      Examples:
        | path                       | what     |
        | /features/ContainerFactory | modified |
        | /features/ContainerFactory | deleted  |
        | /features                  | modified |

    Scenario: A twin that was deleted takes no commands
      Given the cloud tells the device that "/" was deleted
      When the cloud sends "stop" to the container "radio"
      Then the answer is 404 "messages:subject.notfound"
      And the container "radio" is RUNNING

    Scenario: A twin that was deleted and made anew is filled again
      Given the cloud tells the device that "/" was deleted
      When the cloud tells the device that "/" was created
      Then the device registers 4 features
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

    Scenario: A twin that is made although it is there is left alone
      When the cloud tells the device that "/" was created
      Then the device says nothing on "e/#" for 200 milliseconds
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

    Scenario: An identity that is announced again after the twin was deleted
      Given the cloud tells the device that "/" was deleted
      And the identity "dummy-namespace:dummy-gateway:dummy-device-id" of tenant "dummy-tenant-id" is announced again
      When the cloud tells the device that "/" was created
      Then the device registers 4 features
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

    Scenario: Another identity in the middle of an installation
      Given the server offers "maps.json"
        """
        {"container_name":"maps","image":{"name":"quay.io/acme/maps:7.1"}}
        """
      And the server hangs while it sends "maps.json"
      When the cloud installs "maps.json"
      Then the installation reports STARTED and DOWNLOADING
      When the connector takes the identity "acme:gw:truck-42" of tenant "acme-tenant"
      Then the device registers 4 features
      When the server goes on with "maps.json"
      Then the installation reports DOWNLOADED, INSTALLING, INSTALLED and FINISHED_SUCCESS
      And it does so on "e/acme-tenant/acme:gw:truck-42:edge:containers"
      And the container "maps" is RUNNING

    Scenario: A device that is switched off in the middle of an installation
      Given the server offers "maps.json"
        """
        {"container_name":"maps","image":{"name":"quay.io/acme/maps:7.1"}}
        """
      And the server hangs while it sends "maps.json"
      And the cloud installs "maps.json"
      When the device restarts
      Then the device registers 1 containers
      And the device takes commands
      And the cloud can still create a container from "docker.io/library/busybox:1.35"

    Scenario: An identity that is nobody's
      When someone publishes on "edge/thing/response"
        """
        {"deviceId":"","tenantId":"dummy-tenant-id"}
        """
      Then the device says nothing on "e/#" for 200 milliseconds
      And the cloud can still create a container from "docker.io/library/busybox:1.35"
