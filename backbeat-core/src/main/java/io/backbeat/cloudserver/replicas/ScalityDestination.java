package io.backbeat.cloudserver.replicas;

import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServers;
import java.util.Objects;

/**
 * Another CloudServer that objects are replicated to. There may be any number of them, one for each
 * location.
 *
 * @param servers the server with the credentials of a role, whose ARN is given; where credentials
 *     do not come from roles, the same for all
 * @param accounts of that server
 */
public record ScalityDestination(CloudServers servers, Accounts accounts) {
  /** Checks that nothing is null. */
  public ScalityDestination {
    Objects.requireNonNull(servers, "servers");
    Objects.requireNonNull(accounts, "accounts");
  }

  /** With the same credentials whatever the role. */
  public static ScalityDestination of(CloudServer server, Accounts accounts) {
    return new ScalityDestination(CloudServers.always(server), accounts);
  }
}
