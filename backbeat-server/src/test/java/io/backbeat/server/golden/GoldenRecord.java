package io.backbeat.server.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One recorded request with the state it was made in and the answer.
 *
 * @param id {@code prod-56}: the recording it is from and its number there
 * @param mode which of the recorded configurations: {@code prod} or {@code ci}
 * @param group what it is about
 * @param method the verb, or what stood in its place
 * @param path the request target, one character for each byte; empty if there was none
 * @param headers headers beside those every request has
 * @param body the body; empty if none was sent, which is not the same as one of no bytes
 * @param rawRequest the whole request, if it was not put together from the fields before
 * @param now the time it was sent at
 * @param answers what came back, in order; none if the original died or hung
 * @param redis commands on an empty Redis before the request
 * @param nodes ZooKeeper nodes written before the request
 * @param continued whether it found what the record before had left
 * @param environment what was stopped or just restarted; empty for nothing
 * @param effects what else it did
 * @param sourceGone whether CloudServer said of every object that it does not exist
 */
record GoldenRecord(
    String id,
    String mode,
    String group,
    String method,
    String path,
    Map<String, String> headers,
    Optional<String> body,
    Optional<String> rawRequest,
    Instant now,
    List<Answer> answers,
    List<List<String>> redis,
    List<Node> nodes,
    boolean continued,
    String environment,
    Effects effects,
    boolean sourceGone) {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** A ZooKeeper node; without data it was removed. */
  record Node(String path, Optional<String> data) {}

  /** A message of Redis pub/sub. */
  record Message(String channel, String text) {}

  /**
   * What a request did beside being answered.
   *
   * @param published messages seen on Redis
   * @param redis the whole Redis afterwards, if it was looked at
   */
  record Effects(List<Message> published, Optional<JsonNode> redis) {
    static final Effects NONE = new Effects(List.of(), Optional.empty());
  }

  /** The commands on Redis, with the times of this record. */
  List<List<String>> resolvedRedis() {
    Placeholders times = new Placeholders(now);
    return redis.stream().map(command -> command.stream().map(times::resolve).toList()).toList();
  }

  /**
   * When the original looked at its clock: some milliseconds after it was asked, where a date that
   * it computed tells.
   */
  Instant decidedAt() {
    return effects.published().stream()
        .flatMap(message -> Commands.date(message).stream())
        .map(date -> now.plusMillis(Math.floorMod(date.toEpochMilli() - now.toEpochMilli(), HOUR)))
        .filter(then -> then.isBefore(now.plusSeconds(1)))
        .findFirst()
        .orElse(now);
  }

  /** Which recording it is from. */
  String recording() {
    return id.substring(0, id.indexOf('-'));
  }

  /** Whether failed operations are asked for, and not only counted. */
  boolean asksForFailures() {
    return path.startsWith("/_/crr/failed");
  }

  /** Whether the request, as answered by the original, may change something. */
  boolean writes() {
    return !method.equals("GET");
  }

  /** What goes over the wire. */
  byte[] request() {
    if (rawRequest.isPresent()) {
      return rawRequest.get().getBytes(StandardCharsets.ISO_8859_1);
    }
    byte[] content = body.orElse("").getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:8900\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.isPresent()) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    return joined(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), content);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** The same with another target and body. */
  GoldenRecord asking(String otherPath, Optional<String> otherBody) {
    return new GoldenRecord(
        id,
        mode,
        group,
        method,
        otherPath,
        headers,
        otherBody,
        rawRequest,
        now,
        answers,
        redis,
        nodes,
        continued,
        environment,
        effects,
        sourceGone);
  }

  /** The same, in the state that the record before has left. */
  GoldenRecord continuing() {
    return new GoldenRecord(
        id,
        mode,
        group,
        method,
        path,
        headers,
        body,
        rawRequest,
        now,
        answers,
        redis,
        nodes,
        true,
        environment,
        effects,
        sourceGone);
  }

  /** The id and the request line, for messages. */
  @Override
  public String toString() {
    return id + ' ' + method + ' ' + (path.length() > 120 ? path.substring(0, 120) + "…" : path);
  }
}
