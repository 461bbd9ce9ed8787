package io.backbeat.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;

/** Opens the client that an endpoint needs. */
final class Clients {
  private static final int MAX_CONNECTIONS = 16;

  private Clients() {}

  /** Sentinels and clusters are asked at once for their master or nodes; a server is not. */
  static UnifiedJedis open(RedisOptions options) {
    if (options.endpoint() instanceof RedisEndpoint.Sentinels sentinels) {
      return RedisSentinelClient.builder()
          .masterName(sentinels.masterName())
          .sentinels(nodes(sentinels.sentinels()))
          .sentinelClientConfig(
              security(options, Optional.empty(), sentinels.sentinelPassword())
                  .autoNegotiateProtocol(false)
                  .build())
          .clientConfig(client(options))
          .poolConfig(pool(options.timeout()))
          .build();
    }
    if (options.endpoint() instanceof RedisEndpoint.Cluster cluster) {
      return RedisClusterClient.builder()
          .nodes(nodes(cluster.nodes()))
          .clientConfig(client(options))
          .poolConfig(pool(options.timeout()))
          .maxTotalRetriesDuration(options.timeout())
          .build();
    }
    RedisAddress address = ((RedisEndpoint.Single) options.endpoint()).address();
    return RedisClient.builder()
        .hostAndPort(address.host(), address.port())
        .clientConfig(client(options))
        .poolConfig(pool(options.timeout()))
        .build();
  }

  private static DefaultJedisClientConfig client(RedisOptions options) {
    return security(options, options.user(), options.password())
        .database(options.database())
        .build();
  }

  private static DefaultJedisClientConfig.Builder security(
      RedisOptions options, Optional<String> user, Optional<String> password) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .timeoutMillis((int) options.timeout().toMillis())
            .clientName("backbeat");
    if (options.tls()) {
      config.sslOptions(SslOptions.defaults());
    }
    user.ifPresent(config::user);
    password.filter(p -> !p.isEmpty()).ifPresent(config::password);
    return config;
  }

  private static ConnectionPoolConfig pool(Duration timeout) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(MAX_CONNECTIONS);
    pool.setMaxIdle(MAX_CONNECTIONS);
    pool.setMaxWait(timeout);
    pool.setJmxEnabled(false);
    return pool;
  }

  private static Set<HostAndPort> nodes(List<RedisAddress> addresses) {
    return addresses.stream()
        .map(a -> new HostAndPort(a.host(), a.port()))
        .collect(Collectors.toSet());
  }
}
