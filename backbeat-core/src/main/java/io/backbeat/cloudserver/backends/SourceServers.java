package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;

/** The source CloudServer, as whoever a job has to be done as. Thread-safe. */
@FunctionalInterface
public interface SourceServers {
  /**
   * The server that signs for a role, or for the one account that is configured if roles are not
   * used. Stays the giver's to close; cheap when it is asked for again.
   *
   * @param role ARN of the source role; empty if the job names none
   * @throws CloudServerException ACCESS_DENIED if a role is needed and the job names none, or the
   *     role is refused; UNAVAILABLE if whoever gives credentials does not answer
   */
  CloudServer as(String role) throws CloudServerException;
}
