package io.backbeat.server.http;

import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/** Tells {@link Connections} what happens on the wire. */
final class ConnectionFilter extends BaseFilter {
  private final Connections connections;

  ConnectionFilter(Connections connections) {
    this.connections = connections;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) {
    connections.accept(context.getConnection());
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    return connections.of(context.getConnection()).received(System.nanoTime())
        ? context.getInvokeAction()
        : context.getStopAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext context) {
    connections.closed(context.getConnection());
    return context.getInvokeAction();
  }
}
