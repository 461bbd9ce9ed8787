package io.backbeat.server.config;

import java.util.List;
import java.util.Objects;

/** Where CloudServer's replication takes the objects of a site. */
public sealed interface SiteTarget {
  /**
   * To another CloudServer.
   *
   * @param servers the same one, each way to it
   */
  record Servers(List<ServerAddress> servers) implements SiteTarget {
    /** Copies the list. */
    public Servers {
      servers = List.copyOf(servers);
    }
  }

  /**
   * To a cloud, which the source's CloudServer writes to.
   *
   * @param type {@code aws_s3}, {@code azure} or {@code gcp}
   */
  record Cloud(String type) implements SiteTarget {
    /** Checks that it is not null. */
    public Cloud {
      Objects.requireNonNull(type, "type");
    }
  }
}
