package io.backbeat.server.config;

import java.util.Objects;
import java.util.Optional;

/**
 * How Redis is reached. Immutable.
 *
 * @param servers where it is
 * @param user the user of its access control list
 * @param password of the user, or of the server
 * @param sentinelPassword of the sentinels
 * @param tls whether connections are encrypted; certificates are checked by the JVM's trust store
 * @param keyPrefix is put before every key and channel; may be empty
 */
public record RedisConfig(
    RedisServers servers,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Secret> sentinelPassword,
    boolean tls,
    String keyPrefix) {
  /** Checks that nothing is null. */
  public RedisConfig {
    Objects.requireNonNull(servers, "servers");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(sentinelPassword, "sentinelPassword");
    Objects.requireNonNull(keyPrefix, "keyPrefix");
  }
}
