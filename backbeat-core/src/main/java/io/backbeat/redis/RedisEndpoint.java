package io.backbeat.redis;

import java.util.List;
import java.util.Optional;

/** How Redis is reached. */
public sealed interface RedisEndpoint {
  /** One server. */
  record Single(RedisAddress address) implements RedisEndpoint {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * Whatever server the sentinels call the master.
   *
   * @param sentinels at least one
   * @param masterName the name they know it by
   * @param sentinelPassword what the sentinels themselves ask for
   */
  record Sentinels(
      List<RedisAddress> sentinels, String masterName, Optional<String> sentinelPassword)
      implements RedisEndpoint {
    /** Copies the list and checks that something is in it. */
    public Sentinels {
      sentinels = List.copyOf(sentinels);
      if (sentinels.isEmpty() || masterName.isEmpty()) {
        throw new IllegalArgumentException(
            "sentinels need at least one address and the name of the master, were "
                + sentinels
                + " and \""
                + masterName
                + "\"");
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return masterName + " of sentinels " + sentinels;
    }
  }

  /**
   * A cluster. What one server does in one step takes several here, because keys are on different
   * nodes: see {@link RedisStore#countedSources} and {@link RedisView}.
   *
   * @param nodes some of its nodes, at least one; the others are found from there
   */
  record Cluster(List<RedisAddress> nodes) implements RedisEndpoint {
    /** Copies the list and checks that something is in it. */
    public Cluster {
      nodes = List.copyOf(nodes);
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("a Redis cluster needs at least one node address");
      }
    }

    @Override
    public String toString() {
      return "cluster " + nodes;
    }
  }

  /** One server at that place. */
  static RedisEndpoint at(String host, int port) {
    return new Single(new RedisAddress(host, port));
  }
}
