package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between Grizzly and Jersey: hands over the address of the peer, makes every request target
 * one that Jersey can parse, and has the last word on errors, so that no answer is an HTML page.
 */
final class FrontHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);

  private final GrizzlyHttpContainer container;
  private final Drain drain = new Drain();

  FrontHandler(GrizzlyHttpContainer container) {
    super("backbeat");
    this.container = container;
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void destroy() {
    container.destroy();
  }

  /** Refuses new requests and waits for those being served; false when the time was too short. */
  boolean drain(Duration grace) throws InterruptedException {
    return drain.await(grace);
  }

  @Override
  public void service(Request request, Response response) throws IOException {
    if (!drain.enter()) {
      fail(response, ErrorCode.NOT_RUNNING, "The server is stopping.");
      return;
    }
    try {
      handOver(request, response);
      if (drain.begun()) {
        response.flush();
      }
    } finally {
      drain.leave();
    }
  }

  private void handOver(Request request, Response response) throws IOException {
    request.setAttribute(AddressFilter.PEER, request.getRemoteAddr());
    request.getRequest().setRequestURI(RequestTarget.path(request.getRequestURI()));
    if (request.getQueryString() != null) {
      request.getRequest().setQueryString(RequestTarget.query(request.getQueryString()));
    }
    try {
      container.service(request, response);
    } catch (RuntimeException e) {
      LOG.error("a request could not be handed over", e);
      if (!response.isCommitted()) {
        fail(response, ErrorCode.INTERNAL_ERROR, UnexpectedErrorMapper.DESCRIPTION);
      }
    }
  }

  private static void fail(Response response, ErrorCode code, String description)
      throws IOException {
    byte[] body = Json.write(ErrorResponse.body(code, description));
    response.reset();
    response.setStatus(code.httpStatus());
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.setHeader("Connection", "close");
    response.getOutputStream().write(body);
  }
}
