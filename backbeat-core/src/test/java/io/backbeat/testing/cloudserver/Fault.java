package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes wrong, where, and how often. Immutable, every setting gives a copy: {@code
 * Fault.on(Route.PUT_METADATA).status(503, "ServiceUnavailable").times(3)}. Effects add up: one can
 * be late and then fail.
 *
 * @param routes which requests; empty for all but those that switch faults
 * @param location only requests about that location; empty for all
 * @param bucket only of that bucket; empty for all
 * @param keyPrefix only of keys that start so; empty for all
 * @param accessKey only those signed with that key; empty for all
 * @param latency how much longer the answer takes
 * @param status the HTTP status of the error; 0 for none
 * @param code its code, such as {@code ServiceUnavailable}
 * @param reset whether and when the connection breaks
 * @param afterBytes how many bytes of the body get through before it breaks
 * @param wrongMd5 whether what arrives is not what was sent: data that is written is refused as
 *     BadDigest and stays as an orphan, data that is read has another first byte, and the ETag of a
 *     part in a cloud is another one
 * @param bytesPerSecond how fast bodies are at most; 0 for no limit
 * @param times for how many requests; 0 until it is removed
 */
public record Fault(
    Set<Route> routes,
    String location,
    String bucket,
    String keyPrefix,
    String accessKey,
    Duration latency,
    int status,
    String code,
    Reset reset,
    long afterBytes,
    boolean wrongMd5,
    long bytesPerSecond,
    int times) {
  /** When a connection breaks. */
  public enum Reset {
    /** Never. */
    NONE,
    /** While the request is read; it has no effect. */
    REQUEST,
    /** While the body of the answer is written; the request had its effect. */
    RESPONSE,
    /** Instead of the answer; the request had its effect. */
    ANSWER
  }

  /** Copies the set. */
  public Fault {
    routes = Set.copyOf(routes);
  }

  /** No effect yet, on some routes; none for all. */
  public static Fault on(Route... routes) {
    return new Fault(
        Set.of(routes), "", "", "", "", Duration.ZERO, 0, "", Reset.NONE, 0, false, 0, 0);
  }

  /** All that has to do with a location answers that the service is unavailable. */
  public static Fault locationDown(String location) {
    return on().atLocation(location).status(503, "ServiceUnavailable");
  }

  /** Only requests about a location. */
  public Fault atLocation(String name) {
    return new Fault(
        routes,
        name,
        bucket,
        keyPrefix,
        accessKey,
        latency,
        status,
        code,
        reset,
        afterBytes,
        wrongMd5,
        bytesPerSecond,
        times);
  }

  /** Only keys of a bucket that start with a prefix. */
  public Fault atKeys(String inBucket, String prefix) {
    return new Fault(
        routes,
        location,
        inBucket,
        prefix,
        accessKey,
        latency,
        status,
        code,
        reset,
        afterBytes,
        wrongMd5,
        bytesPerSecond,
        times);
  }

  /** Only requests signed with a key. */
  public Fault signedWith(String key) {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        key,
        latency,
        status,
        code,
        reset,
        afterBytes,
        wrongMd5,
        bytesPerSecond,
        times);
  }

  /** Later. */
  public Fault latency(Duration more) {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        accessKey,
        more,
        status,
        code,
        reset,
        afterBytes,
        wrongMd5,
        bytesPerSecond,
        times);
  }

  /** An error instead of any effect. */
  public Fault status(int httpStatus, String errorCode) {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        accessKey,
        latency,
        httpStatus,
        errorCode,
        reset,
        afterBytes,
        wrongMd5,
        bytesPerSecond,
        times);
  }

  /** A connection that breaks. */
  public Fault reset(Reset when, long behindBytes) {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        accessKey,
        latency,
        status,
        code,
        when,
        behindBytes,
        wrongMd5,
        bytesPerSecond,
        times);
  }

  /** Bytes that change on the way. */
  public Fault altered() {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        accessKey,
        latency,
        status,
        code,
        reset,
        afterBytes,
        true,
        bytesPerSecond,
        times);
  }

  /** Slow bodies. */
  public Fault bytesPerSecond(long limit) {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        accessKey,
        latency,
        status,
        code,
        reset,
        afterBytes,
        wrongMd5,
        limit,
        times);
  }

  /** Only the next requests that fit. */
  public Fault times(int requests) {
    return new Fault(
        routes,
        location,
        bucket,
        keyPrefix,
        accessKey,
        latency,
        status,
        code,
        reset,
        afterBytes,
        wrongMd5,
        bytesPerSecond,
        requests);
  }

  boolean fits(Request request) {
    return (routes.isEmpty() || routes.contains(request.route()))
        && (location.isEmpty() || location.equals(request.location()))
        && (bucket.isEmpty() || bucket.equals(request.bucket()))
        && request.key().startsWith(keyPrefix)
        && (accessKey.isEmpty() || request.header("authorization").contains(accessKey));
  }

  ObjectNode json() {
    ObjectNode json = JsonText.object();
    ArrayNode names = json.putArray("routes");
    new TreeSet<>(routes).forEach(route -> names.add(route.name()));
    return json.put("location", location)
        .put("bucket", bucket)
        .put("keyPrefix", keyPrefix)
        .put("accessKey", accessKey)
        .put("latencyMs", latency.toMillis())
        .put("status", status)
        .put("code", code)
        .put("reset", reset.name())
        .put("afterBytes", afterBytes)
        .put("wrongMd5", wrongMd5)
        .put("bytesPerSecond", bytesPerSecond)
        .put("times", times);
  }

  static Fault ofJson(JsonNode json) {
    Set<Route> routes = new TreeSet<>();
    json.path("routes").forEach(name -> routes.add(Route.valueOf(name.asText())));
    return new Fault(
        routes,
        json.path("location").asText(),
        json.path("bucket").asText(),
        json.path("keyPrefix").asText(),
        json.path("accessKey").asText(),
        Duration.ofMillis(json.path("latencyMs").asLong()),
        json.path("status").asInt(),
        json.path("code").asText("InternalError"),
        Reset.valueOf(json.path("reset").asText("NONE")),
        json.path("afterBytes").asLong(),
        json.path("wrongMd5").asBoolean(),
        json.path("bytesPerSecond").asLong(),
        json.path("times").asInt());
  }
}
