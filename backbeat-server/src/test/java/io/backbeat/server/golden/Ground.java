package io.backbeat.server.golden;

import io.backbeat.embedded.EmbeddedOptions;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.job.JobEvent;
import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.util.Set;

/** What a scene stands on: stores that are filled anew for each state that records need. */
abstract class Ground implements JobEvent.Listener, AutoCloseable {
  private final Recording recording;
  private final MutableClock clock;
  private final Path directory;
  private int worlds;

  Ground(Recording recording, MutableClock clock, Path directory) {
    this.recording = recording;
    this.clock = clock;
    this.directory = directory;
  }

  /** The same for all the time; what is behind them changes. */
  abstract Outages stores();

  /**
   * Begins anew, with nothing but what a record found, at the time it was made; all services are
   * up.
   *
   * @return the services that can answer with nothing but an error in that state
   */
  abstract Set<Outages.Service> lay(GoldenRecord record);

  /** From now on these services are down and no others. */
  abstract void down(Set<Outages.Service> services);

  /** A record was answered, and not with an error. */
  void answered(GoldenRecord record) {}

  @Override
  public void on(JobEvent event) {}

  World world() {
    return new World(stores().real(), clock, recording.mockMetadata());
  }

  /** A new and empty store. */
  EmbeddedStore open() {
    EmbeddedOptions small = new EmbeddedOptions(clock, 1, 1, 0);
    return EmbeddedStore.open(directory.resolve("world-" + worlds++), small);
  }

  @Override
  public abstract void close();
}
