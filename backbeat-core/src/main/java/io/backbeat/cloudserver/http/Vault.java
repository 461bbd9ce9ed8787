package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.CloudServerException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Scality's Vault: lends the credentials of roles to Backbeat, and knows accounts. Thread-safe.
 *
 * <p>What is assumed of it, from its public client and from tests of the original:
 *
 * <ul>
 *   <li>{@code POST <path>} with the form {@code
 *       Action=AssumeRoleBackbeat&RoleArn=&RoleSessionName=} answers {@code {"Credentials":
 *       {AccessKeyId, SecretAccessKey, SessionToken, Expiration}}}; the expiration is in
 *       milliseconds since 1970, or ISO 8601;
 *   <li>{@code GET <path>?Action=AccountsCanonicalIds&accountIds=<id>} answers {@code [{accountId,
 *       canonicalId, name}]};
 *   <li>{@code GET <path>?Action=GetAccounts&Version=2010-05-08&canonicalIds=<id>} answers {@code
 *       [{id, canId}]};
 *   <li>these requests are not signed: Vault listens where only Backbeat and CloudServer reach it;
 *   <li>errors are {@code ErrorResponse/Error/Code}, in JSON or XML.
 * </ul>
 *
 * <p>The path is {@code /}, or {@value #PROXY_PATH} where CloudServer passes requests on to Vault.
 */
public final class Vault implements Accounts, AutoCloseable {
  /** Where CloudServer passes requests on. */
  public static final String PROXY_PATH = "/_/backbeat/vault";

  private static final Credentials NOBODY = Credentials.of("nobody", "nothing");

  private final Requests requests;
  private final String path;
  private final Clock clock;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, String> accountIds = new ConcurrentHashMap<>();
  private final Map<String, CredentialsProvider> roles = new ConcurrentHashMap<>();

  private Vault(Requests requests, String path, Clock clock) {
    this.requests = requests;
    this.path = path;
    this.clock = clock;
  }

  /**
   * Opens a client. Does not connect yet.
   *
   * @param options where it is; credentials and signatures are not used
   * @param path {@code /} or {@link #PROXY_PATH}
   */
  public static Vault open(CloudServerOptions options, String path) {
    return new Vault(
        new Requests(Transport.unsigned(options), CredentialsProvider.of(NOBODY)),
        path,
        options.clock());
  }

  /**
   * The credentials of a role, always the same provider for it. They are lent when first asked for,
   * and renewed 60 s before they expire.
   *
   * @param roleArn as replication rules name it
   * @param sessionName shown in logs of the server: {@code backbeat-replication}
   */
  public CredentialsProvider role(String roleArn, String sessionName) {
    return roles.computeIfAbsent(
        sessionName + " " + roleArn,
        key -> new RenewedSession(roleArn, () -> assume(roleArn, sessionName), clock));
  }

  private Session assume(String roleArn, String sessionName) throws CloudServerException {
    return requests.ask(VaultCalls.assume(path, roleArn, sessionName), VaultCalls::session);
  }

  @Override
  public Account byId(String accountId) throws CloudServerException {
    Account known = accounts.get(accountId);
    if (known != null) {
      return known;
    }
    Account found =
        requests
            .ask(VaultCalls.accounts(path, accountId), VaultCalls::account)
            .orElseThrow(() -> VaultCalls.unknown("id " + accountId));
    accounts.put(accountId, found);
    return found;
  }

  /**
   * The id of an account.
   *
   * @param canonicalId as objects name their owner
   */
  public String accountId(String canonicalId) throws CloudServerException {
    String known = accountIds.get(canonicalId);
    if (known != null) {
      return known;
    }
    String found =
        requests
            .ask(
                VaultCalls.accountIds(path, canonicalId),
                body -> VaultCalls.accountId(body, canonicalId))
            .orElseThrow(() -> VaultCalls.unknown("canonical id " + canonicalId));
    accountIds.put(canonicalId, found);
    return found;
  }

  @Override
  public void close() {
    requests.transport().close();
  }
}
