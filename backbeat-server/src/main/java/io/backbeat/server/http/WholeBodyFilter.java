package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Hands a request on when its body is complete, so that no thread waits for a slow one. A request
 * that will be refused, for the size of its body or for what is known without it, is handed on as
 * soon as that is known, to be refused in the order of checks.
 */
final class WholeBodyFilter extends BaseFilter {
  private final Connections connections;
  private final long limitBytes;

  WholeBodyFilter(Connections connections, long limitBytes) {
    this.connections = connections;
    this.limitBytes = limitBytes;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    if (!(context.getMessage() instanceof HttpContent content)
        || !(content.getHttpHeader() instanceof HttpRequestPacket request)) {
      return context.getInvokeAction();
    }
    if (HttpContent.isBroken(content)) {
      return context.getStopAction();
    }
    Exchange exchange = connections.of(context.getConnection());
    if (request.getAttribute(RequestCodec.UNREAD) != null) {
      return hand(context, exchange);
    }
    int size = exchange.append(bytes(content.getContent()));
    if (!content.isLast() && size <= limitBytes) {
      if (connections.full()) {
        connections.refuse(
            context.getConnection(), ErrorCode.NOT_RUNNING, "The server receives too much.");
      }
      return context.getStopAction();
    }
    Buffer body = Buffers.wrap(context.getMemoryManager(), exchange.takeBody());
    context.setMessage(HttpContent.builder(request).content(body).last(content.isLast()).build());
    return hand(context, exchange);
  }

  private static NextAction hand(FilterChainContext context, Exchange exchange) {
    return exchange.serve(System.nanoTime()) ? context.getInvokeAction() : context.getStopAction();
  }

  private static byte[] bytes(Buffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
