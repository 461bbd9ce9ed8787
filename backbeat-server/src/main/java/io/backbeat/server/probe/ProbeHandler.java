package io.backbeat.server.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers probes. Thread-safe. */
final class ProbeHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeHandler.class);

  private final Readiness readiness;
  private final Supplier<String> metrics;

  ProbeHandler(Readiness readiness, Supplier<String> metrics) {
    super("backbeat-probe");
    this.readiness = readiness;
    this.metrics = metrics;
  }

  @Override
  public void service(Request request, Response response) {
    ProbeAnswer answer = answer(request.getMethod().getMethodString(), target(request));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.setContentType(answer.contentType());
    response.setContentLength(body.length);
    if (!request.getInputBuffer().isFinished()) {
      // The rest of the body may never come.
      response.setHeader("Connection", "close");
    }
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      LOG.debug("who asked is gone", e);
    }
  }

  private static String target(Request request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  /** The target is compared as a whole, with its query, as the original does. */
  private ProbeAnswer answer(String method, String target) {
    if (!method.equals("GET")) {
      return ProbeAnswer.NOT_GET;
    }
    try {
      return switch (target) {
        case "/_/live" -> ProbeAnswer.OK;
        case "/_/ready", "/_/health/readiness" -> ProbeAnswer.readiness(readiness.failing());
        case "/metrics", "/_/monitoring/metrics" -> ProbeAnswer.metrics(metrics.get());
        default -> ProbeAnswer.UNKNOWN;
      };
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be answered", target, e);
      return ProbeAnswer.internalError(target + " cannot be answered; the log tells why.");
    }
  }
}
