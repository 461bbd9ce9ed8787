package io.backbeat.cloudserver.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature version 2 in the header {@code Authorization}: {@code AWS <access key>:<HMAC-SHA1 of
 * the string to sign>}, as "Signing and authenticating REST requests" of the S3 documentation has
 * it.
 */
final class SignatureV2 implements Signer {
  private static final String DATE = "x-amz-date";

  /** Parameters that name a part of a resource; others are not signed. */
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "cors",
          "delete",
          "encryption",
          "inventory",
          "legal-hold",
          "lifecycle",
          "location",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "partNumber",
          "policy",
          "replication",
          "requestPayment",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "restore",
          "retention",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website");

  @Override
  public Map<String, String> sign(Unsigned request, Credentials credentials, Instant now) {
    Map<String, String> added = new LinkedHashMap<>();
    added.put(DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    credentials.sessionToken().ifPresent(token -> added.put("x-amz-security-token", token));
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.putAll(added);
    String signature =
        hmacSha1(
            credentials.secretKey(),
            stringToSign(request.method(), headers, request.path(), request.query()));
    added.put("Authorization", "AWS " + credentials.accessKey() + ":" + signature);
    return added;
  }

  /**
   * What the signature is made over.
   *
   * @param path of a URL in path style, percent-encoded
   */
  static String stringToSign(
      String method, Map<String, String> headers, String path, List<Parameter> query) {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value.strip()));
    String amz =
        lower.entrySet().stream()
            .filter(header -> header.getKey().startsWith("x-amz-"))
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
            "\n",
            method,
            lower.getOrDefault("content-md5", ""),
            lower.getOrDefault("content-type", ""),
            lower.containsKey(DATE) ? "" : lower.getOrDefault("date", ""))
        + "\n"
        + amz
        + path
        + subresources(query);
  }

  private static String subresources(List<Parameter> query) {
    Map<String, String> named = new TreeMap<>();
    query.stream()
        .filter(p -> SUBRESOURCES.contains(p.name()))
        .forEach(p -> named.put(p.name(), p.value()));
    String joined =
        named.entrySet().stream()
            .map(p -> p.getValue().isEmpty() ? p.getKey() : p.getKey() + "=" + p.getValue())
            .collect(Collectors.joining("&"));
    return joined.isEmpty() ? "" : "?" + joined;
  }

  static String hmacSha1(String secretKey, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }
}
