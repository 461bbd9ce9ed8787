package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.memory.Buffers;

/**
 * The HTTP codec of Grizzly, stricter in what it takes for a request, and with errors in our form
 * instead of empty ones. Times are watched by {@link Connections} instead of by the codec.
 */
final class RequestCodec extends HttpServerFilter {
  /** The request attribute with the target as it was sent. */
  static final String TARGET = "io.backbeat.target";

  /** The request attribute that is there when the body is not waited for. */
  static final String UNREAD = "io.backbeat.unread";

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_HEADERS = 100;

  private final Connections connections;
  private final HttpLimits limits;
  private final Admission admission;
  private final long bodyLimitBytes;

  @SuppressWarnings("deprecation") // There is no other constructor.
  RequestCodec(
      Connections connections, HttpLimits limits, Admission admission, long bodyLimitBytes) {
    super(true, limits.maxHeaderBytes(), "", forEver(), null, MOST_HEADERS, MOST_HEADERS);
    this.connections = connections;
    this.limits = limits;
    this.admission = admission;
    this.bodyLimitBytes = bodyLimitBytes;
    setAllowPayloadForUndefinedHttpMethods(true);
    for (TransferEncoding encoding : getTransferEncodings()) {
      if (encoding instanceof ChunkedTransferEncoding) {
        removeTransferEncoding(encoding);
        addTransferEncoding(new ChunkedBodies(encoding));
      }
    }
  }

  @Override
  protected boolean decodeHttpPacket(
      FilterChainContext context, HttpPacketParsing packet, Buffer input) {
    int start = input.position();
    if (!super.decodeHttpPacket(context, packet, input)) {
      checkStart(input, start);
      return false;
    }
    String target =
        Framing.check(input.toStringContent(StandardCharsets.ISO_8859_1, start, input.position()));
    if (target.length() > limits.maxTargetBytes()) {
      throw tooLarge("The path and query", limits.maxTargetBytes());
    }
    ((HttpRequestPacket) packet).setAttribute(TARGET, target);
    return true;
  }

  /** What never becomes a request is told so at once, instead of after a time. */
  private static void checkStart(Buffer input, int start) {
    int end = Math.min(input.limit(), start + Framing.LONGEST_METHOD + 1);
    if (!Framing.canBecomeMethod(input.toStringContent(StandardCharsets.ISO_8859_1, start, end))) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "The request does not start with a method.");
    }
  }

  @Override
  protected boolean onHttpHeaderParsed(
      HttpHeader header, Buffer buffer, FilterChainContext context) {
    if (super.onHttpHeaderParsed(header, buffer, context)) {
      return true;
    }
    connections.of(context.getConnection()).headerReceived(System.nanoTime());
    HttpRequestPacket request = (HttpRequestPacket) header;
    if (request.getContentLength() > bodyLimitBytes || !admits(request, context)) {
      request.setAttribute(UNREAD, true);
    } else if (request.requiresAcknowledgement() && !buffer.hasRemaining()) {
      context.write(Buffers.wrap(context.getMemoryManager(), CONTINUE));
    }
    return false;
  }

  /** Decided as late as possible, so that an answer begun before a stop is marked as well. */
  @Override
  public NextAction handleWrite(FilterChainContext context) throws java.io.IOException {
    if (connections.draining()
        && context.getMessage() instanceof HttpPacket packet
        && packet.getHttpHeader() instanceof HttpResponsePacket response
        && !response.isCommitted()) {
      response.getRequest().getProcessingState().setKeepAlive(false);
    }
    return super.handleWrite(context);
  }

  private boolean admits(HttpRequestPacket request, FilterChainContext context) {
    return admission.wantsBody(
        Peer.of(context.getConnection()),
        request.getMethod().getMethodString(),
        String.valueOf(request.getAttribute(TARGET)));
  }

  @Override
  protected void onHttpHeaderError(HttpHeader header, FilterChainContext context, Throwable cause) {
    RequestError error = reason(context, cause);
    connections.refuse(context.getConnection(), error.code(), String.valueOf(error.getMessage()));
  }

  @Override
  protected void onHttpContentError(
      HttpHeader header, FilterChainContext context, Throwable cause) {
    header.setContentBroken(true);
    connections.refuse(
        context.getConnection(), ErrorCode.BAD_REQUEST, "The body is not well-formed HTTP.");
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event)
      throws java.io.IOException {
    if (event.type() != RESPONSE_COMPLETE_EVENT.type()) {
      return super.handleEvent(context, event);
    }
    HttpRequestPacket request = HttpContext.get(context).getRequest();
    if (request.isExpectContent() || !request.getProcessingState().isKeepAlive()) {
      // Whatever else came is not served any more.
      connections.linger(context.getConnection());
      return context.getStopAction();
    }
    connections.of(context.getConnection()).answered(System.nanoTime());
    return super.handleEvent(context, event);
  }

  private RequestError reason(FilterChainContext context, Throwable cause) {
    if (cause instanceof RequestError error) {
      return error;
    }
    if (cause instanceof MimeHeaders.MaxHeaderCountExceededException) {
      return RequestError.of(
          ErrorCode.HEADER_TOO_LARGE,
          "The request must have at most " + MOST_HEADERS + " headers.");
    }
    boolean full =
        context.getMessage() instanceof Buffer read && read.limit() >= limits.maxHeaderBytes();
    if (full) {
      return tooLarge("The request line and the headers", maxHeadersSize);
    }
    return RequestError.of(ErrorCode.BAD_REQUEST, "The request is not well-formed HTTP/1.1.");
  }

  private static RequestError tooLarge(String what, int bytes) {
    return RequestError.of(
        ErrorCode.HEADER_TOO_LARGE, what + " must have at most " + bytes + " bytes.");
  }

  private static KeepAlive forEver() {
    KeepAlive keepAlive = new KeepAlive();
    keepAlive.setMaxRequestsCount(-1);
    keepAlive.setIdleTimeoutInSeconds(-1);
    return keepAlive;
  }
}
