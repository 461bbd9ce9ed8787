package io.backbeat.server.http;

import org.glassfish.grizzly.Buffer;
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
    Exchange exchange = connections.of(context.getConnection());
    if (exchange.idle() && context.getMessage() instanceof Buffer input) {
      skipEmptyLines(input);
      if (!input.hasRemaining()) {
        return context.getStopAction();
      }
      if (input.position() > 0) {
        // The codec reads from the start of a buffer, wherever its position is.
        context.setMessage(input.split(input.position()));
      }
    }
    if (exchange.received(System.nanoTime())) {
      return context.getInvokeAction();
    }
    if (context.getMessage() instanceof Buffer input
        && Lingering.isTooMuch(exchange, input.remaining())) {
      context.getConnection().closeSilently();
    }
    return context.getStopAction();
  }

  /** Old clients send one behind a body; HTTP wants it to be ignored. */
  private static void skipEmptyLines(Buffer input) {
    while (input.hasRemaining() && isLineEnd(input.get(input.position()))) {
      input.get();
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  @Override
  public NextAction handleClose(FilterChainContext context) {
    connections.closed(context.getConnection());
    return context.getInvokeAction();
  }
}
