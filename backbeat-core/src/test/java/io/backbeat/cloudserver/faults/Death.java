package io.backbeat.cloudserver.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * The end of a process at one of its steps, which are the moments right before and right after each
 * effect on the world. From then on it has no effect any more, and hears nothing.
 */
final class Death {
  /** Nobody catches it, as nobody catches a kill; at least nobody can do anything about it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where, null, false, false);
    }
  }

  private static final Set<String> EFFECTS =
      Set.of(
          // CloudServer
          "putMetadata",
          "putData",
          "putObject",
          "initiateUpload",
          "putPart",
          "completeUpload",
          "abortUpload",
          "deleteObject",
          "putTagging",
          "deleteTagging",
          "batchDelete",
          // the ledger, the queue and its consumers, positions, uploads
          "record",
          "remove",
          "requeued",
          "publish",
          "publishAccepted",
          "commit",
          "save",
          "begin",
          "addPart");

  private final int at;
  private int steps;
  private String where = "";

  /** At a step, from 1. */
  Death(int step) {
    this.at = step;
  }

  /** Where it came; empty as long as it has not. */
  synchronized String where() {
    return where;
  }

  private synchronized void live() {
    if (!where.isEmpty()) {
      throw new Killed(where);
    }
  }

  private synchronized void step(String name) {
    live();
    steps++;
    if (steps == at) {
      where = name;
      throw new Killed(name);
    }
  }

  /** What a process uses that dies like this. */
  <T> T of(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(type, real, method, arguments)));
  }

  private Object call(Class<?> type, Object real, Method method, Object[] arguments)
      throws Throwable {
    boolean effect = EFFECTS.contains(method.getName());
    String name = type.getSimpleName() + '.' + method.getName();
    if (effect) {
      step("before " + name);
    } else if (!method.getName().equals("close")) {
      live();
    }
    Object answer;
    try {
      answer = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (effect) {
      step("after " + name);
    } else {
      live();
    }
    return answer;
  }
}
