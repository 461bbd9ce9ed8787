package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A signature of version 2, HMAC-SHA1: what the route client of the original Backbeat sends
 * ("routes used, general").
 */
record SignatureV2(String accessKey, String signature) {
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          "acl",
          "cors",
          "delete",
          "lifecycle",
          "location",
          "logging",
          "notification",
          "partNumber",
          "policy",
          "replication",
          "requestPayment",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website");

  /** Reads the header {@code AWS <key>:<signature>}. */
  static SignatureV2 parse(String authorization) {
    int colon = authorization.indexOf(':');
    if (colon < 0) {
      throw StandInException.of("AccessDenied");
    }
    return new SignatureV2(authorization.substring(4, colon), authorization.substring(colon + 1));
  }

  void verify(Request request, String secretKey) {
    byte[] expected = Digests.hmac("HmacSHA1", secretKey.getBytes(UTF_8), stringToSign(request));
    if (!Base64.getEncoder().encodeToString(expected).equals(signature.trim())) {
      throw StandInException.of("SignatureDoesNotMatch");
    }
  }

  private static String stringToSign(Request request) {
    String date = request.header("x-amz-date").isEmpty() ? request.header("date") : "";
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append('\n');
    text.append(request.header("content-md5")).append('\n');
    text.append(request.header("content-type")).append('\n');
    text.append(date).append('\n');
    amzHeaders(request)
        .forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append(request.rawPath());
    String separator = "?";
    for (String name : new TreeSet<>(request.query().keySet())) {
      if (SUB_RESOURCES.contains(name) || name.startsWith("response-")) {
        String value = request.query(name);
        text.append(separator).append(name).append(value.isEmpty() ? "" : "=" + value);
        separator = "&";
      }
    }
    return text.toString();
  }

  private static Map<String, String> amzHeaders(Request request) {
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-")) {
        headers.put(name, String.join(",", header.getValue()).trim());
      }
    }
    return headers;
  }
}
