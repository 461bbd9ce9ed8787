package io.backbeat.server.cloudserver;

import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.http.AccountFile;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.cloudserver.http.StsRoles;
import io.backbeat.cloudserver.http.Vault;
import io.backbeat.server.config.ServerAddress;
import io.backbeat.server.config.ServerAuth;
import io.backbeat.server.profile.ProfileException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One CloudServer, with the credentials that a configuration names for it. Thread-safe.
 *
 * @param own in the name of the configured account; nobody's, if only roles are configured
 * @param byRole in the name of a role, whose ARN is given, or of the account whose id is
 * @param byAccount in the name of an account, whose id is given
 * @param accounts of that server
 * @param accountIds finds the owner of objects; empty if the same credentials are for all accounts
 * @param closing what is open
 */
record SignedServer(
    CloudServerClient own,
    CloudServers byRole,
    CloudServers byAccount,
    Accounts accounts,
    Optional<Vault> accountIds,
    List<AutoCloseable> closing)
    implements AutoCloseable {
  /** Whose requests are made where only roles are configured and none is told. */
  static final CredentialsProvider NOBODY =
      () -> {
        throw new CloudServerException(
            CloudServerException.Kind.ACCESS_DENIED,
            "NoCredentials",
            0,
            "only roles are configured, and this is done in nobody's name; give keys in"
                + " backbeat.cloudserver",
            null,
            null);
      };

  private static final String ARN = "arn:";
  private static final String ROLE_SESSION = "backbeat-replication";

  SignedServer {
    closing = List.copyOf(closing);
  }

  /**
   * Opens a server; does not connect yet.
   *
   * @param options where it is; whose requests they are is replaced
   * @param extension what sessions of assumed roles are named after
   * @throws ProfileException if the accounts cannot be read
   */
  static SignedServer open(CloudServerOptions options, ServerAuth auth, String extension) {
    if (auth instanceof ServerAuth.Keys keys) {
      return always(options, Optional.empty(), credentials(keys));
    }
    if (auth instanceof ServerAuth.Account account) {
      AccountFile file = read(account);
      return always(options, Optional.of(file), file.account(account.name()));
    }
    if (auth instanceof ServerAuth.Role role) {
      return byRole(options, role);
    }
    return assumed(options, (ServerAuth.AssumedRole) auth, extension);
  }

  private static SignedServer always(
      CloudServerOptions options, Optional<AccountFile> file, Credentials credentials) {
    CloudServerClient client =
        CloudServerClient.open(options.withCredentials(CredentialsProvider.of(credentials)));
    CloudServers same = CloudServers.always(client);
    // Where nothing tells accounts apart, the server itself may.
    Vault vault = Vault.open(options, Vault.PROXY_PATH);
    return new SignedServer(
        client,
        same,
        same,
        file.<Accounts>map(known -> known).orElse(vault),
        Optional.empty(),
        List.of(client, vault));
  }

  private static SignedServer byRole(CloudServerOptions options, ServerAuth.Role role) {
    Vault vault = vault(options, role.vault());
    CredentialsProvider account =
        role.keys().map(keys -> CredentialsProvider.of(credentials(keys))).orElse(NOBODY);
    CloudServerClient client = CloudServerClient.open(options.withCredentials(account));
    CloudServers roles =
        arn -> arn.startsWith(ARN) ? client.as(vault.role(arn, ROLE_SESSION)) : client;
    return new SignedServer(
        client, roles, id -> client, vault, Optional.empty(), List.of(client, vault));
  }

  private static SignedServer assumed(
      CloudServerOptions options, ServerAuth.AssumedRole role, String extension) {
    StsRoles sts =
        StsRoles.open(
            new StsRoles.Options(
                URI.create((options.tls() ? "https://" : "http://") + role.sts()),
                credentials(role.keys()),
                role.roleName(),
                extension,
                options.region(),
                options.clock()));
    Vault vault = vault(options, role.vault());
    CloudServerClient client = CloudServerClient.open(options.withCredentials(NOBODY));
    CloudServers accounts = id -> id.isEmpty() ? client : client.as(sts.account(id));
    return new SignedServer(
        client,
        identity -> accounts.as(identity.startsWith(ARN) ? accountOf(identity) : identity),
        accounts,
        vault,
        Optional.of(vault),
        List.of(client, sts, vault));
  }

  private static Vault vault(CloudServerOptions options, Optional<ServerAddress> address) {
    return address
        .map(
            at ->
                Vault.open(options.withHosts(List.of(new HostAddress(at.host(), at.port()))), "/"))
        .orElseGet(() -> Vault.open(options, Vault.PROXY_PATH));
  }

  /** The fifth field of {@code arn:aws:iam::<account>:role/<name>}. */
  private static String accountOf(String arn) {
    String[] fields = arn.split(":", -1);
    int account = 4;
    return fields.length > account ? fields[account] : "";
  }

  private static Credentials credentials(ServerAuth.Keys keys) {
    return Credentials.of(keys.accessKey(), keys.secretKey().value());
  }

  private static AccountFile read(ServerAuth.Account account) {
    try {
      AccountFile file = AccountFile.read(account.file());
      // An account that is missing is told of at the start, not by the first job.
      var unused = file.account(account.name());
      return file;
    } catch (IOException | IllegalArgumentException e) {
      throw new ProfileException("cannot sign requests to CloudServer: " + e.getMessage(), e);
    }
  }

  /** Releases connections. Idempotent. */
  @Override
  public void close() {
    for (AutoCloseable each : closing) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing " + each + " failed", e);
      }
    }
  }
}
