package io.backbeat.cloudserver.backends;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a process between two steps: from then on every call of what it wraps throws, and changes
 * nothing any more.
 */
final class KillSwitch {
  /** Nobody catches it, as nobody catches a kill. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed on purpose");
    }
  }

  private final AtomicInteger left;

  /** Kills after so many steps; a step is the beginning or the end of a call. */
  KillSwitch(int steps) {
    left = new AtomicInteger(steps);
  }

  private void step() {
    if (left.getAndDecrement() <= 0) {
      throw new Killed();
    }
  }

  /** Whether it has come to that. */
  boolean killed() {
    return left.get() < 0;
  }

  <T> T on(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              step();
              try {
                Object answer = method.invoke(real, arguments);
                step();
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
