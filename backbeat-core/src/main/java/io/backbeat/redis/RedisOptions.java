package io.backbeat.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How Redis is reached, and what keys are called there.
 *
 * @param endpoint where it is
 * @param user the user of an access control list; empty for the default user
 * @param password what the server asks for; empty for nothing
 * @param tls whether connections are encrypted, with the JVM's trust store
 * @param database number of the database; 0 for a cluster, which has no other
 * @param keyPrefix before every key; empty in the original. Channels are named by whoever asks for
 *     them
 * @param testNames the names of counters that the original uses when the environment says {@code
 *     CI=true}
 * @param timeout of connecting, and of waiting for an answer; positive
 */
public record RedisOptions(
    RedisEndpoint endpoint,
    Optional<String> user,
    Optional<String> password,
    boolean tls,
    int database,
    String keyPrefix,
    boolean testNames,
    Duration timeout) {
  /** The usual {@link #timeout}. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Checks the values. */
  public RedisOptions {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(keyPrefix, "keyPrefix");
    if (database < 0 || (database > 0 && endpoint instanceof RedisEndpoint.Cluster)) {
      throw new IllegalArgumentException(
          "the Redis database must be >= 0, and 0 in a cluster, was " + database);
    }
    if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the Redis timeout must be >= 1 ms, was " + timeout);
    }
    if (user.isPresent() && password.isEmpty()) {
      throw new IllegalArgumentException(
          "the Redis user " + user.get() + " needs a password; configure both or none");
    }
  }

  /** The usual values for what is not said: no password, no encryption, no prefix. */
  public static RedisOptions of(RedisEndpoint endpoint) {
    return new RedisOptions(
        endpoint, Optional.empty(), Optional.empty(), false, 0, "", false, TIMEOUT);
  }

  /** The same with a password; the user may be empty. */
  public RedisOptions withCredentials(Optional<String> newUser, Optional<String> newPassword) {
    return new RedisOptions(
        endpoint, newUser, newPassword, tls, database, keyPrefix, testNames, timeout);
  }

  /** The same with or without encryption. */
  public RedisOptions withTls(boolean on) {
    return new RedisOptions(endpoint, user, password, on, database, keyPrefix, testNames, timeout);
  }

  /** The same in another database. */
  public RedisOptions withDatabase(int number) {
    return new RedisOptions(endpoint, user, password, tls, number, keyPrefix, testNames, timeout);
  }

  /** The same with another prefix. */
  public RedisOptions withKeyPrefix(String prefix) {
    return new RedisOptions(endpoint, user, password, tls, database, prefix, testNames, timeout);
  }

  /** The same with or without the names of tests. */
  public RedisOptions withTestNames(boolean on) {
    return new RedisOptions(endpoint, user, password, tls, database, keyPrefix, on, timeout);
  }

  /** The same with another time-out. */
  public RedisOptions withTimeout(Duration limit) {
    return new RedisOptions(endpoint, user, password, tls, database, keyPrefix, testNames, limit);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "redis at " + endpoint + (tls ? " with TLS" : "") + ", database " + database;
  }
}
