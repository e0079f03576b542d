Feature: Changing a container
  Its name, its restart policy and its limits can change while it lives. What does not change is not told.

  Background:
    Given a running device without containers
    And the container "radio" from "docker.io/library/busybox:1.35" is running

  Scenario: A new name leaves the host name as it was
    When the cloud sends "rename" to the container "radio" with "jukebox"
    Then the twin shows the new name "jukebox"
    And the container "radio" is reported with
      | member            | value        |
      | name              | jukebox      |
      | config.hostName   | radio-host   |
      | config.domainName | radio-domain |

  Scenario Outline: <what> is accepted and changes nothing
    When the cloud sends "<operation>" to the container "radio" with <value>
    Then the answer is 204
    And nothing is told of the container "radio" for 100 milliseconds

    Examples:
      | what                       | operation | value                                       |
      | Its own name               | rename    | "radio"                                     |
      | An empty name              | rename    | ""                                          |
      | An update without a change | update    | {}                                          |
      | The policy that it has     | update    | {"restartPolicy":{"type":"UNLESS_STOPPED"}} |

  Scenario: A new restart policy takes the place of the whole old one
    Given the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"ON_FAILURE","maxRetryCount":3,"retryTimeout":20}}
    When the cloud sends "update" to the container "radio" with {"restartPolicy":{"type":"ALWAYS"}}
    Then the answer is 204
    And the configuration of "radio" changes to
      | member        | value             |
      | restartPolicy | {"type":"ALWAYS"} |

  Scenario: New limits are told as they were given
    When the cloud sends "update" to the container "radio" with {"resources":{"memory":"64M","memorySwap":"-1"}}
    Then the answer is 204
    And the configuration of "radio" changes to
      | member    | value                              |
      | resources | {"memory":"64M","memorySwap":"-1"} |

  Scenario: Empty limits take all limits away
    Given the cloud sends "update" to the container "radio" with {"resources":{"memory":"64M"}}
    When the cloud sends "update" to the container "radio" with {"resources":{}}
    Then the answer is 204
    And the configuration of "radio" changes to
      | member    | value  |
      | resources | absent |

  Scenario: A limit below what a container uses ends it at once
    Given the container "hog" that uses 50M of memory and restarts NO is running
    When the cloud sends "update" to the container "hog" with {"resources":{"memory":"20M"}}
    Then the answer is 204
    And the container "hog" becomes EXITED with
      | member    | value |
      | oomKilled | True  |

  Scenario Outline: <what> is refused and changes nothing
    When the cloud sends "update" to the container "radio" with <value>
    Then the answer is 500 "messages:execution.failed"
    And nothing is told of the container "radio" for 100 milliseconds

    Examples:
      | what                                  | value                                                      |
      | Unlimited memory written as -1        | {"resources":{"memory":"-1"}}                              |
      | Memory below three megabytes          | {"resources":{"memory":"2M"}}                              |
      | A policy that does not exist          | {"restartPolicy":{"type":"SOMETIMES"}}                     |
      | A count of retries for another policy | {"restartPolicy":{"type":"ALWAYS","maxRetryCount":2}}      |
      | A negative count of retries           | {"restartPolicy":{"type":"ON_FAILURE","maxRetryCount":-1}} |
