package io.backbeat.server.operate;

import io.backbeat.api.BulkTask;

/** Shows how far a task is. For one thread. */
public interface TaskDisplay extends AutoCloseable {
  /** Shows it as it is now. */
  void show(BulkTask task);

  @Override
  void close();
}
