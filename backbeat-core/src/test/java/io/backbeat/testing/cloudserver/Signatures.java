package io.backbeat.testing.cloudserver;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows key pairs and verifies signatures with them. Thread-safe. */
final class Signatures {
  private static final int MAX_KEYS = 1000;

  private record Session(Account account, String token, Instant until) {}

  private final Clock clock;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

  Signatures(Clock clock) {
    this.clock = clock;
  }

  /** Makes an account known, or known with other rights. */
  void know(Account account) {
    accounts.put(account.accessKey(), account);
  }

  /** Makes the key pair of a session known. */
  void open(Account account, String token, Instant until) {
    sessions.put(account.accessKey(), new Session(account, token, until));
  }

  /** Forgets all sessions: their tokens are invalid from now on. */
  void endSessions() {
    sessions.clear();
  }

  Optional<Account> byAccountId(String accountId) {
    return accounts.values().stream()
        .filter(account -> account.accountId().equals(accountId))
        .findFirst();
  }

  Optional<Account> byCanonicalId(String canonicalId) {
    return accounts.values().stream()
        .filter(account -> account.canonicalId().equals(canonicalId))
        .findFirst();
  }

  /**
   * Who signed a request.
   *
   * @throws StandInException AccessDenied for an anonymous one, SignatureDoesNotMatch and so on
   */
  Account verify(Request request) {
    String authorization = request.header("authorization");
    if (authorization.startsWith(SignatureV4.ALGORITHM)) {
      SignatureV4 signature = SignatureV4.parse(authorization);
      Account account = account(signature.accessKey(), request);
      signature.verify(request, scope -> key(account, scope), clock.instant());
      return account;
    }
    if (authorization.startsWith("AWS ")) {
      SignatureV2 signature = SignatureV2.parse(authorization);
      Account account = account(signature.accessKey(), request);
      signature.verify(request, account.secretKey());
      return account;
    }
    throw StandInException.of("AccessDenied");
  }

  /** Deriving a key takes longer than all the rest. */
  private byte[] key(Account account, String scope) {
    if (keys.size() > MAX_KEYS) {
      keys.clear();
    }
    return keys.computeIfAbsent(
        account.secretKey() + '/' + scope, name -> SignatureV4.key(account.secretKey(), scope));
  }

  private Account account(String accessKey, Request request) {
    Session session = sessions.get(accessKey);
    if (session != null) {
      if (!session.token().equals(request.header("x-amz-security-token"))) {
        throw StandInException.of("InvalidToken");
      }
      if (clock.instant().isAfter(session.until())) {
        sessions.remove(accessKey);
        throw StandInException.of("ExpiredToken");
      }
      return session.account();
    }
    Account account = accounts.get(accessKey);
    if (account == null) {
      throw StandInException.of(
          request.header("x-amz-security-token").isEmpty() ? "InvalidAccessKeyId" : "ExpiredToken");
    }
    return account;
  }
}
