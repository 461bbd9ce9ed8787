package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/** The answer to a request. For one thread. */
final class Response {
  private final HttpExchange exchange;
  private final String requestId;
  private int status;
  private UnaryOperator<OutputStream> filter = UnaryOperator.identity();
  private boolean lost;
  private Runnable told = () -> {};

  Response(HttpExchange exchange, String requestId) {
    this.exchange = exchange;
    this.requestId = requestId;
  }

  /** The status that was answered; 0 before. */
  int status() {
    return status;
  }

  /** Lets something stand before the body, such as a fault. */
  void through(UnaryOperator<OutputStream> next) {
    filter = next;
  }

  /** Has somebody know the status before the client does. */
  void beforeAnswer(Runnable listener) {
    told = listener;
  }

  /** Breaks the connection instead of answering. */
  void lose() {
    lost = true;
  }

  void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /** A header, unless it is empty. */
  void headerIfAny(String name, String value) {
    if (!value.isEmpty()) {
      header(name, value);
    }
  }

  void empty(int code) throws IOException {
    send(code, -1);
    exchange.close();
  }

  void json(int code, JsonNode body) throws IOException {
    header("Content-Type", "application/json");
    bytes(code, body.toString().getBytes(UTF_8));
  }

  void xml(int code, XmlText body) throws IOException {
    header("Content-Type", "application/xml");
    bytes(code, body.bytes());
  }

  void bytes(int code, byte[] body) throws IOException {
    if (isHead()) {
      header("Content-Length", Integer.toString(body.length));
      empty(code);
      return;
    }
    send(code, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = filter.apply(exchange.getResponseBody())) {
        out.write(body);
      }
    }
    exchange.close();
  }

  /** A body from a stream of known length; closes the stream. */
  void stream(int code, long length, InputStream body) throws IOException {
    try (body) {
      send(code, length == 0 ? -1 : length);
      if (length > 0) {
        try (OutputStream out = filter.apply(exchange.getResponseBody())) {
          body.transferTo(out);
        }
      }
    }
    exchange.close();
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private void send(int code, long length) throws IOException {
    if (lost) {
      throw new IOException("the answer is lost, by order of a fault");
    }
    status = code;
    told.run();
    header("x-amz-request-id", requestId);
    header("Server", "CloudServer stand-in");
    exchange.sendResponseHeaders(code, length);
  }

  /** An error in the form that the route answers. */
  void error(StandInException error, boolean asJson) throws IOException {
    if (asJson) {
      json(
          error.status(),
          JsonText.object()
              .put("code", error.code())
              .put("message", error.getMessage())
              .putNull("resource")
              .put("requestId", requestId));
    } else {
      xml(
          error.status(),
          new XmlText()
              .open("Error")
              .add("Code", error.code())
              .add("Message", error.getMessage())
              .add("Resource", exchange.getRequestURI().getPath())
              .add("RequestId", requestId)
              .close("Error"));
    }
  }
}
