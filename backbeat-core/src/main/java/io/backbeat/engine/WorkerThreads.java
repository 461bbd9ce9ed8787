package io.backbeat.engine;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for blocking work: virtual ones where the JVM has them (21 and later), else platform
 * threads that are made as needed.
 */
final class WorkerThreads {
  private WorkerThreads() {}

  /** An executor without limit; who uses it limits itself. Closed by its owner. */
  static ExecutorService executor() {
    try {
      Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
      return (ExecutorService) factory.invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newCachedThreadPool(named());
    }
  }

  private static ThreadFactory named() {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "backbeat-worker-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
