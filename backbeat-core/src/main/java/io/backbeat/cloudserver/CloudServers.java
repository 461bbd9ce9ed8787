package io.backbeat.cloudserver;

/** One CloudServer, as whoever has to be asked for. Thread-safe. */
@FunctionalInterface
public interface CloudServers {
  /**
   * The server that signs for a role or an account. Stays the giver's to close; cheap when it is
   * asked for again.
   *
   * @param identity ARN of a role, or id of an account, as the taker says; empty if nobody told one
   * @throws CloudServerException ACCESS_DENIED if there are no credentials for it; UNAVAILABLE if
   *     whoever gives credentials does not answer
   */
  CloudServer as(String identity) throws CloudServerException;

  /** The same for everybody. */
  static CloudServers always(CloudServer server) {
    return identity -> server;
  }
}
