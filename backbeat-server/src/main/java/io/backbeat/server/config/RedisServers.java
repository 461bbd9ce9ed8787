package io.backbeat.server.config;

import java.util.List;
import java.util.Objects;

/** The servers of a Redis. */
public sealed interface RedisServers {
  /**
   * One server.
   *
   * @param address where it is
   */
  record Single(ServerAddress address) implements RedisServers {
    /** Checks that nothing is null. */
    public Single {
      Objects.requireNonNull(address, "address");
    }
  }

  /**
   * A primary with replicas, found through sentinels.
   *
   * @param sentinels where they are, at least one
   * @param name what they call the primary
   */
  record Sentinels(List<ServerAddress> sentinels, String name) implements RedisServers {
    /** Copies the list. */
    public Sentinels {
      sentinels = List.copyOf(sentinels);
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * A Redis Cluster.
   *
   * @param nodes some of its nodes, at least one
   */
  record Cluster(List<ServerAddress> nodes) implements RedisServers {
    /** Copies the list. */
    public Cluster {
      nodes = List.copyOf(nodes);
    }
  }
}
