package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request while it is answered. For one thread. */
final class Request {
  private final HttpExchange exchange;
  private final String id;
  private final String path;
  private final Map<String, String> query;
  private final String bucket;
  private final String key;
  private Route route;
  private final RequestBody body;
  private final Response response;
  private Account account = Account.USER;
  private boolean logged;

  Request(HttpExchange exchange, String id) {
    this.exchange = exchange;
    this.id = id;
    this.path = decode(exchange.getRequestURI().getRawPath());
    this.query = parsed(exchange.getRequestURI().getRawQuery());
    String inside = path.startsWith(Routing.INTERNAL) ? behindType(path) : path.substring(1);
    int slash = inside.indexOf('/');
    this.bucket = slash < 0 ? inside : inside.substring(0, slash);
    this.key = slash < 0 ? "" : inside.substring(slash + 1);
    this.route =
        Routing.route(
            method(), path, !key.isEmpty(), query, !header("x-amz-copy-source").isEmpty());
    this.body = new RequestBody(this, exchange.getRequestBody());
    this.response = new Response(exchange, id);
  }

  /** Whether it is in the log. */
  boolean isLogged() {
    return logged;
  }

  void markLogged() {
    logged = true;
  }

  private static String behindType(String path) {
    String rest = path.substring(Routing.INTERNAL.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(slash + 1);
  }

  /** Plus is a space, then percent ("routes used, general"). */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Map<String, String> parsed(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        if (!pair.isEmpty()) {
          query.put(
              decode(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  String id() {
    return id;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** As it was sent, still encoded. */
  String rawPath() {
    return exchange.getRequestURI().getRawPath();
  }

  String path() {
    return path;
  }

  String bucket() {
    return bucket;
  }

  String key() {
    return key;
  }

  Route route() {
    return route;
  }

  /** What only the body told. */
  void isReally(Route other) {
    route = other;
  }

  Map<String, String> query() {
    return query;
  }

  /** A parameter; empty if it is not there. */
  String query(String name) {
    return query.getOrDefault(name, "");
  }

  boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  Headers headers() {
    return exchange.getRequestHeaders();
  }

  /** A header; empty if it is not there. */
  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /**
   * A header that must be there.
   *
   * @throws StandInException BadRequest if not
   */
  String required(String name) {
    String value = header(name);
    if (value.isEmpty()) {
      throw StandInException.of("BadRequest", "missing required header " + name);
    }
    return value;
  }

  /** The location that the request is about, for faults; empty if it names none. */
  String location() {
    String location = header("x-scal-storage-class");
    return location.isEmpty() ? header("x-amz-location-constraint") : location;
  }

  RequestBody body() {
    return body;
  }

  InputStream bodyStream() {
    return body.stream();
  }

  byte[] bodyBytes() throws IOException {
    return body.stream().readAllBytes();
  }

  String bodyText() throws IOException {
    return new String(bodyBytes(), UTF_8);
  }

  Response response() {
    return response;
  }

  /** Who signed it. */
  Account account() {
    return account;
  }

  void signedBy(Account signer) {
    account = signer;
  }

  void json(JsonNode answer) throws IOException {
    response.json(200, answer);
  }

  /** The version id of the query, decoded; empty without, {@code null} for the null version. */
  Optional<String> versionId() {
    return VersionIds.fromQuery(query("versionId"));
  }
}
