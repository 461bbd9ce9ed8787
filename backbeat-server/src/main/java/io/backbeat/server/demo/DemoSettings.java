package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.server.place.LocationTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param home the project's own tree: the default source, and where defaults are put
 * @param source whose files are replicated; empty for {@code home}
 * @param targets where to; empty for two directories
 * @param dataDirectory where the engine keeps its state; empty for one per source
 * @param broken a location to fail on purpose
 * @param paused a location to start paused
 * @param port of the REST API; 0 for any
 * @param exit whether to end when all is settled
 * @param patience how long nothing may move, while a destination is down, before the demo gives up
 *     with {@code exit}, or goes on to serve without; more than zero
 */
public record DemoSettings(
    Path home,
    Optional<Path> source,
    List<LocationTarget> targets,
    Optional<Path> dataDirectory,
    Optional<LocationName> broken,
    Optional<LocationName> paused,
    int port,
    boolean exit,
    Duration patience) {
  /** Copies the list. */
  public DemoSettings {
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(source, "source");
    targets = List.copyOf(targets);
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    Objects.requireNonNull(broken, "broken");
    Objects.requireNonNull(paused, "paused");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "patience must be at least 1 second, was " + patience.toSeconds());
    }
  }
}
