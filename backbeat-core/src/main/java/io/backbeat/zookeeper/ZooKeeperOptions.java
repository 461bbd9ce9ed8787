package io.backbeat.zookeeper;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How ZooKeeper is reached.
 *
 * @param connectionString {@code host:port,host:port/chroot}; the chroot may be left out
 * @param autoCreateNamespace whether the chroot is made if it is missing
 * @param sessionTimeout how long a process that is not heard of keeps its leadership; the server
 *     has limits of its own
 * @param connectionTimeout how long a call waits for a connection; positive
 * @param testPaths state nodes below {@code /backbeattest}, as the original has them when the
 *     environment says {@code CI=true}
 */
public record ZooKeeperOptions(
    String connectionString,
    boolean autoCreateNamespace,
    Duration sessionTimeout,
    Duration connectionTimeout,
    boolean testPaths) {
  /** The usual {@link #sessionTimeout}. */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(30);

  /** The usual {@link #connectionTimeout}. */
  public static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

  private static final Pattern FORM = Pattern.compile("[^/,\\s]+(,[^/,\\s]+)*(/|(/[^/\\s]+)+/?)?");

  /** Checks the form. */
  public ZooKeeperOptions {
    if (!FORM.matcher(connectionString).matches()) {
      throw new IllegalArgumentException(
          "zookeeper.connectionString must be host:port,host:port/chroot, was \""
              + connectionString
              + "\"");
    }
    if (sessionTimeout.toMillis() < 1 || connectionTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "the time-outs of ZooKeeper must be >= 1 ms, were "
              + sessionTimeout
              + " and "
              + connectionTimeout);
    }
  }

  /** The usual values for what is not said. */
  public static ZooKeeperOptions of(String connectionString) {
    return new ZooKeeperOptions(
        connectionString, false, SESSION_TIMEOUT, CONNECTION_TIMEOUT, false);
  }

  /** The same, making the chroot or not. */
  public ZooKeeperOptions withAutoCreateNamespace(boolean on) {
    return new ZooKeeperOptions(connectionString, on, sessionTimeout, connectionTimeout, testPaths);
  }

  /** The same with other time-outs. */
  public ZooKeeperOptions withTimeouts(Duration session, Duration connection) {
    return new ZooKeeperOptions(
        connectionString, autoCreateNamespace, session, connection, testPaths);
  }

  /** The same with or without the paths of tests. */
  public ZooKeeperOptions withTestPaths(boolean on) {
    return new ZooKeeperOptions(
        connectionString, autoCreateNamespace, sessionTimeout, connectionTimeout, on);
  }

  /** Where the servers are: the connection string without the chroot. */
  public String hosts() {
    int slash = connectionString.indexOf('/');
    return slash < 0 ? connectionString : connectionString.substring(0, slash);
  }

  /** The node that all others are below: empty, or begins with a slash and ends with none. */
  public String chroot() {
    String path = connectionString.substring(hosts().length());
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
