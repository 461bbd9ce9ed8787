package io.backbeat.server;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Grizzly and Jersey log through java.util.logging; without the bridge they write to stderr. */
public final class LogBridge {
  private LogBridge() {}

  /** Routes java.util.logging of the whole JVM to SLF4J. Idempotent, thread-safe. */
  public static synchronized void install() {
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }
}
