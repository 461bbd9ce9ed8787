package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between Grizzly and Jersey: names each request, turns away clients that are not on the
 * list, makes every request target one that Jersey can parse, and has the last word on errors, so
 * that no answer is an HTML page. The address of a client is that of the TCP peer; headers such as
 * {@code X-Forwarded-For} are not trusted.
 */
final class FrontHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);

  /** In the prefix, unlike behind it, a backslash is not a slash. */
  private static final String BACKSLASHED = "/_\\";

  private final GrizzlyHttpContainer container;
  private final AllowList allowList;
  private final ErrorForm form;
  private final AccessLog log;
  private final Drain drain = new Drain();

  FrontHandler(GrizzlyHttpContainer container, AllowList allowList, ErrorForm form, AccessLog log) {
    super("backbeat");
    this.container = container;
    this.allowList = allowList;
    this.form = form;
    this.log = log;
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
  public void service(Request request, Response response) {
    long start = System.nanoTime();
    String id = RequestId.continuing(request.getHeader(RequestId.INCOMING_HEADER));
    request.setAttribute(RequestIdFilter.PROPERTY, id);
    response.setHeader("Date", FastHttpDateFormat.getCurrentDate());
    if (!request.getInputBuffer().isFinished()) {
      response.setHeader("Connection", "close");
    }
    String target = target(request);
    try {
      answer(request, response, target, id);
    } catch (IOException e) {
      LOG.debug("the client of request {} is gone", id, e);
    }
    log.answered(
        request.getMethod().getMethodString(),
        target,
        response.getStatus(),
        Math.max(0, response.getContentLengthLong()),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        request.getRemoteAddr(),
        id);
  }

  private void answer(Request request, Response response, String target, String id)
      throws IOException {
    try {
      check(request, target);
      handOver(request, response);
    } catch (RequestError e) {
      fail(response, id, e);
    } catch (RuntimeException e) {
      LOG.error("request {} could not be handed over", id, e);
      fail(
          response,
          id,
          RequestError.of(ErrorCode.INTERNAL_ERROR, UnexpectedErrorMapper.DESCRIPTION));
    }
  }

  /** A body is asked for when its headers are read, by {@link RequestCodec}. */
  @Override
  protected boolean sendAcknowledgment(Request request, Response response) {
    return true;
  }

  /** What need not be valid for Jersey to be refused. */
  private void check(Request request, String target) {
    if (!allowList.allows(request.getRemoteAddr())) {
      throw RequestError.accessDenied();
    }
    if (target.startsWith("/") && !target.startsWith(BACKSLASHED)) {
      return;
    }
    // A whole URI, the asterisk of OPTIONS, or what only looks like our prefix to Jersey.
    if (!EntryFilter.METHODS.contains(request.getMethod().getMethodString())) {
      throw RequestError.methodNotAllowed();
    }
    throw RequestError.notFound("path " + RequestTarget.path(target) + " does not exist");
  }

  private void handOver(Request request, Response response) throws IOException {
    if (!drain.enter()) {
      throw RequestError.of(ErrorCode.NOT_RUNNING, "The server is stopping.");
    }
    try {
      request.setAttribute(RequestCodec.TARGET, target(request));
      // Jersey makes a URI of it, which not every host name is fit for; nothing depends on it.
      request.getRequest().getHeaders().setValue(Header.Host).setString("localhost");
      request.getRequest().setRequestURI(RequestTarget.path(request.getRequestURI()));
      if (request.getQueryString() != null) {
        request.getRequest().setQueryString(RequestTarget.query(request.getQueryString()));
      }
      container.service(request, response);
      // Written before this counts as served, lest a stop cuts the answer off.
      response.finish();
    } finally {
      drain.leave();
    }
  }

  private static String target(Request request) {
    return Optional.ofNullable(request.getRequest().getAttribute(RequestCodec.TARGET))
        .map(String::valueOf)
        .orElseGet(request::getRequestURI);
  }

  private void fail(Response response, String id, RequestError error) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = Json.write(form.body(error.code(), String.valueOf(error.getMessage())));
    response.reset();
    response.setStatus(error.code().httpStatus());
    response.setHeader("Date", FastHttpDateFormat.getCurrentDate());
    response.setHeader(RequestId.ANSWER_HEADER, id);
    if (error.code() == ErrorCode.METHOD_NOT_ALLOWED) {
      response.setHeader("Allow", String.join(", ", EntryFilter.METHODS));
    }
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.setHeader("Connection", "close");
    response.getOutputStream().write(body);
  }
}
