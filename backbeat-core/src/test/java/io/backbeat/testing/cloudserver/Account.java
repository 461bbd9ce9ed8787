package io.backbeat.testing.cloudserver;

/**
 * Somebody who may sign requests.
 *
 * @param name its display name
 * @param accountId the digits in its ARN
 * @param canonicalId how object metadata names it as an owner
 * @param accessKey public half of its key pair
 * @param secretKey the other half
 * @param service whether it is an internal service account, whose writes set no PENDING ("who sets
 *     PENDING")
 * @param mayReplicate whether its policies allow {@code s3:ReplicateObject}, which every internal
 *     route asks for ("routes used, general")
 */
public record Account(
    String name,
    String accountId,
    String canonicalId,
    String accessKey,
    String secretKey,
    boolean service,
    boolean mayReplicate) {
  /** Who uses S3 and owns the buckets, as in the recorded documents. */
  public static final Account USER =
      user(
          "Bart",
          "123456789012",
          "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
          "accessKey1",
          "verySecretKey1");

  /** As whom Backbeat replicates. */
  public static final Account REPLICATION =
      service("replication", "backbeatKey1", "backbeatSecretKey1");

  /** An account of a user. */
  public static Account user(
      String name, String accountId, String canonicalId, String accessKey, String secretKey) {
    return new Account(name, accountId, canonicalId, accessKey, secretKey, false, true);
  }

  /** An internal service account. */
  public static Account service(String name, String accessKey, String secretKey) {
    return new Account(
        "service-" + name,
        "000000000000",
        "http://acs.zenko.io/accounts/service/" + name,
        accessKey,
        secretKey,
        true,
        true);
  }

  /** The same account; all internal routes answer it with AccessDenied. */
  public Account refused() {
    return new Account(name, accountId, canonicalId, accessKey, secretKey, service, false);
  }

  /** The same account with another key pair, as a session has one. */
  Account withKeys(String access, String secret) {
    return new Account(name, accountId, canonicalId, access, secret, service, mayReplicate);
  }
}
