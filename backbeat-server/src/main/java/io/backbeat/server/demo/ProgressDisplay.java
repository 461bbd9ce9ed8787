package io.backbeat.server.demo;

import java.util.List;

/** Shows how far the locations are. For one thread. */
interface ProgressDisplay extends AutoCloseable {
  /** Shows the state of all locations, always the same ones in the same order. */
  void show(List<LocationProgress> locations);

  @Override
  void close();
}
