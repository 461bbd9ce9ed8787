package io.backbeat.cloudserver.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request of CloudServer's, before it is known which host it goes to. Immutable.
 *
 * @param path percent-encoded
 * @param repeatable whether it may reach the server twice without harm
 * @param patience how long an answer may take
 * @param streamed whether the body of a good answer is read by the caller, bit by bit
 */
record Call(
    String method,
    String path,
    List<Parameter> query,
    Map<String, String> headers,
    Body body,
    boolean repeatable,
    Patience patience,
    boolean streamed) {
  private static final long LARGE = 1L << 20;

  /** How long an answer may take. */
  enum Patience {
    /** That of metadata. */
    SHORT,
    /** That of work on data, in CloudServer or in a cloud behind it. */
    LONG
  }

  static Call of(String method, String path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return new Call(method, path, List.of(), Map.of(), Body.NONE, reads, Patience.SHORT, false);
  }

  /** With a parameter; one without a value is only a name. */
  Call query(String name, String value) {
    List<Parameter> more = new ArrayList<>(query);
    more.add(new Parameter(name, value));
    return new Call(method, path, List.copyOf(more), headers, body, repeatable, patience, streamed);
  }

  /** With a parameter, unless the value is empty. */
  Call queryIf(String name, String value) {
    return value.isEmpty() ? this : query(name, value);
  }

  Call header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, path, query, more, body, repeatable, patience, streamed);
  }

  /** With a header, unless the value is empty. */
  Call headerIf(String name, String value) {
    return value.isEmpty() ? this : header(name, value);
  }

  Call body(Body with) {
    return new Call(method, path, query, headers, with, repeatable, patience, streamed);
  }

  Call json(String text) {
    return header("Content-Type", "application/json").body(Body.text(text));
  }

  Call repeat() {
    return new Call(method, path, query, headers, body, true, patience, streamed);
  }

  Call slow() {
    return new Call(method, path, query, headers, body, repeatable, Patience.LONG, streamed);
  }

  Call stream() {
    return new Call(method, path, query, headers, body, repeatable, patience, true);
  }

  /**
   * Whether it may carry much: a body of more than 1 MiB, or a part of an object to be read. What
   * is read whole is small, or would be read in parts.
   */
  boolean large() {
    boolean part = headers.containsKey("Range") || query.stream().anyMatch(Parameter::isPart);
    return body.length() > LARGE || (streamed && part);
  }

  /** As it stands in the first line of the request. */
  String target() {
    return query.isEmpty() ? path : path + "?" + Parameter.join(query);
  }

  /** For messages. */
  @Override
  public String toString() {
    return method + " " + target();
  }
}
