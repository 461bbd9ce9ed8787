package io.backbeat.server.probe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Keeps connections few by closing the oldest, so that a new probe always finds a place. Probes are
 * short; a connection that is still there after so many others is one that somebody forgot.
 */
final class ConnectionCap extends BaseFilter {
  /** Connections open at the same time. */
  static final int MAX = 256;

  private final Queue<Connection<?>> open = new ConcurrentLinkedQueue<>();

  @Override
  public NextAction handleAccept(FilterChainContext context) {
    open.add(context.getConnection());
    while (open.size() > MAX) {
      Connection<?> oldest = open.poll();
      if (oldest != null) {
        oldest.closeSilently();
      }
    }
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext context) {
    open.remove(context.getConnection());
    return context.getInvokeAction();
  }
}
