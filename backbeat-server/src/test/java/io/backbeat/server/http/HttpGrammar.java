package io.backbeat.server.http;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

/** Makes requests that are right, nearly right, or noise. The same seed makes the same requests. */
final class HttpGrammar {
  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "POST", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "get",
          "CONNECT", "PATCH", "", "GE T", "\u00ff", "PRI");
  private static final List<String> PREFIXES =
      List.of(
          "/_/", "/_/", "/_/backbeat/api/", "/_//", "/", "", "http://h/_/", "/_/../_/", "\\_\\");
  private static final List<String> ROUTES =
      List.of(
          "healthcheck",
          "health",
          "healthcheck/deep",
          "monitoring/metrics",
          "configuration/workflows",
          "openapi.json",
          "metrics/SVC/SITE",
          "metrics/SVC/SITE/TYPE",
          "metrics/SVC/SITE/TYPE/WORD/WORD?versionId=WORD",
          "crr/failed",
          "crr/failed?sitename=SITE&marker=NUMBER&limit=NUMBER",
          "crr/failed/WORD/WORD?versionId=WORD",
          "crr/failed/WORD/WORD?unversioned=true&detail=true",
          "objects/WORD/WORD?versionId=WORD",
          "SVC/status/SITE?detail=true",
          "SVC/pause/SITE",
          "SVC/resume/SITE",
          "SVC/resume/SITE/schedule?detail=true",
          "WORD/WORD/WORD",
          "SVC",
          "SVC//WORD");
  private static final List<String> SERVICES =
      List.of("crr", "ingestion", "lifecycle", "constructor", "CRR", "");
  private static final List<String> SITES =
      List.of("paris", "tokyo", "all", "nowhere", "", "__proto__", "a:b", "%", "schedule");
  private static final List<String> TYPES =
      List.of(
          "all", "backlog", "completions", "failures", "throughput", "pending", "progress", "x");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "100",
          "1000",
          "-1",
          "1e309",
          "1e400",
          "-1e999999999",
          "1e-999999999",
          "1e99999999999",
          "9".repeat(200) + "e300",
          "99999999999999999999",
          "NaN",
          "",
          "0x10",
          "12abc",
          " 7",
          "1.5e12",
          "9223372036854775807");
  private static final List<String> WORDS =
      List.of(
          "b",
          "k",
          "a%2Fb",
          "%00",
          "%",
          "%zz",
          "\u00c3\u00a9",
          "\u00ff",
          "..",
          ".",
          ";x=1",
          "+",
          "%F0%9F%98%80",
          "{}",
          "|^`",
          "'\"",
          "[",
          "\\",
          "~",
          "%ED%A0%80",
          "null",
          "#");
  private static final List<String> HALVES =
      List.of("", "", "", "\\ud800", "\\udc00\\ud800", "\\u0000", "\\ud83d\\ude00", "/", ":");
  private static final List<String> HEADERS =
      List.of(
          "Host: h",
          "Accept: text/html",
          "Content-Type: application/xml",
          "X: \u00ff",
          "X: \u0000",
          "Content-Length: 5",
          "Content-Length: -5",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: identity",
          "Expect: 100-continue",
          "Expect: x",
          "Upgrade: h2c",
          "Connection: keep-alive",
          "Connection: Upgrade",
          "no colon",
          ": x",
          " folded",
          "x-scal-request-uids: a\u0001b",
          "x-scal-request-uids: abc:def",
          "Range: bytes=0-1",
          "Accept-Encoding: gzip",
          "Content-Encoding: gzip",
          "Cookie: a=b; c",
          "If-None-Match: *");
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "{\"hours\":NUMBER}",
          "{\"hours\":\"NUMBER\"}",
          "{\"at\":\"2030-01-01T00:00:00Z\"}",
          "{\"at\":\"NUMBER\"}",
          "{\"hours\":[[[]]]}",
          "[{\"Bucket\":\"b\",\"Key\":\"WORD\",\"StorageClass\":\"SITE\"}]",
          "[{\"Bucket\":\"bucket\",\"Key\":\"key\",\"VersionId\":NUMBER,\"StorageClass\":\"tokyo\","
              + "\"ForceRetry\":true}]",
          "[{\"Bucket\":\"\\ud800\",\"Key\":\"\\u0000\",\"StorageClass\":\"tokyo\",\"ForceRetry\":1}]",
          "[{\"Bucket\":\"b\",\"Key\":\"HALF\",\"VersionId\":\"HALF\",\"StorageClass\":\"HALF\"}]",
          "{\"version\":NUMBER,\"workflows\":{}}",
          "\u0000",
          "{\"a\":\"\u0000\"}",
          "[null]",
          "[[[[[[",
          "{\"a\":",
          "\u00ff\u00fe",
          "\u00ef\u00bb\u00bf{}",
          "[1,2",
          "NUMBER");

  /** Routes that read a body, so that what a body can do to them is seen often enough. */
  private static final List<String> READERS =
      List.of(
          "crr/failed",
          "configuration/workflows",
          "SVC/resume/SITE/schedule",
          "crr/failed?detail=true");

  private static final List<String> READ =
      List.of(
          "[{\"Bucket\":\"bHALF\",\"Key\":\"kHALF\",\"VersionId\":\"vHALF\","
              + "\"StorageClass\":\"SITEHALF\",\"ForceRetry\":NUMBER}]",
          "[{\"Bucket\":\"bucketHALF\",\"Key\":\"keyHALF\",\"StorageClass\":\"tokyo\",\"ForceRetry\":true}]",
          "{\"version\":NUMBER}",
          "{\"version\":1,\"workflows\":{\"replication\":{\"bHALF\":[{\"workflowId\":\"wHALF\",\"x\":NUMBER,"
              + "\"destination\":{\"locations\":[{\"name\":\"SITEHALF\"}]}}]}}}",
          "{\"workflows\":{\"lifecycle\":{\"b\":[{\"workflowId\":\"w\",\"type\":\"bucket-workflow-expiration-v1\","
              + "\"currentVersionTriggerDelayDays\":NUMBER}]}}}",
          "{\"hours\":NUMBER,\"at\":\"HALF\"}");

  private final Random random;

  HttpGrammar(long seed) {
    random = new Random(seed);
  }

  /** The bytes of one or more requests, a character for each. */
  String next() {
    StringBuilder requests = new StringBuilder(request());
    while (one(10)) {
      requests.append(request());
    }
    String text = requests.toString();
    int mutations = one(5) ? 1 + random.nextInt(3) : 0;
    for (int i = 0; i < mutations && !text.isEmpty(); i++) {
      text = mutated(text);
    }
    return text;
  }

  private String request() {
    if (one(5)) {
      return "POST /_/"
          + filled(pick(READERS))
          + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
          + framed(filled(pick(READ)));
    }
    String body = one(20) ? "x".repeat(random.nextInt(200_000)) : filled(pick(BODIES));
    String target = pick(PREFIXES) + filled(pick(ROUTES));
    if (one(8)) {
      target += pick(List.of("/", "/x", "?", "#a", "?a=b&a=b", "//", ";v=1", "?limit=5&limit=6"));
    }
    if (one(100)) {
      target += pick(WORDS).repeat(random.nextInt(20_000));
    }
    String head = pick(METHODS) + ' ' + target + ' ' + (one(30) ? "HTTP/1.0" : "HTTP/1.1") + "\r\n";
    StringBuilder headers = new StringBuilder("Host: h\r\n");
    if (!one(15)) {
      headers.append("Connection: close\r\n");
    }
    for (int i = one(3) ? random.nextInt(4) : 0; i > 0; i--) {
      headers.append(pick(HEADERS)).append("\r\n");
    }
    if (one(200)) {
      headers.append("X: y\r\n".repeat(random.nextInt(5_000)));
    }
    return head + headers + framed(body);
  }

  private String framed(String body) {
    return switch (random.nextInt(6)) {
      case 0 -> "\r\n" + body;
      case 1 ->
          "Transfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(body.length() + (one(10) ? 1 : 0))
              + "\r\n"
              + body
              + "\r\n0\r\n\r\n";
      case 2 ->
          "Content-Length: " + Math.max(0, body.length() - random.nextInt(3)) + "\r\n\r\n" + body;
      default -> "Content-Length: " + body.length() + "\r\n\r\n" + body;
    };
  }

  private String mutated(String text) {
    int at = random.nextInt(text.length());
    String rest = text.substring(at);
    return text.substring(0, at)
        + switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> (char) random.nextInt(256) + rest;
          case 2 -> rest.substring(1);
          case 3 -> (char) random.nextInt(256) + rest.substring(1);
          default -> rest + rest;
        };
  }

  private String filled(String template) {
    String text = template;
    for (int i = 0; i < 3; i++) {
      text =
          text.replaceFirst("SVC", pick(SERVICES))
              .replaceFirst("SITE", pick(SITES))
              .replaceFirst("TYPE", pick(TYPES))
              .replaceFirst("NUMBER", pick(NUMBERS))
              .replaceFirst("HALF", Matcher.quoteReplacement(pick(HALVES)))
              .replaceFirst("WORD", Matcher.quoteReplacement(pick(WORDS)));
    }
    return text;
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
