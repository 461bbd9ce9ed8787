package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signature of version 4 in the header {@code Authorization}. */
record SignatureV4(String accessKey, String scope, List<String> signedHeaders, String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern HEADER =
      Pattern.compile(
          ALGORITHM
              + "\\s+Credential=([^/]+)/([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*Signature=(\\w+)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration SKEW = Duration.ofMinutes(15);

  static SignatureV4 parse(String authorization) {
    Matcher matcher = HEADER.matcher(authorization);
    if (!matcher.matches()) {
      throw StandInException.of("AccessDenied");
    }
    return new SignatureV4(
        matcher.group(1), matcher.group(2), List.of(matcher.group(3).split(";")), matcher.group(4));
  }

  /** The key that signs for one day, region and service. */
  static byte[] key(String secretKey, String scope) {
    byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = Digests.hmac("HmacSHA256", key, part);
    }
    return key;
  }

  /**
   * Compares the signature with the one that the request should have.
   *
   * @param keys gives the key for a scope
   */
  void verify(Request request, Function<String, byte[]> keys, Instant now) {
    requireSigned(request);
    String time = request.header("x-amz-date");
    try {
      if (Duration.between(TIME.parse(time, Instant::from), now).abs().compareTo(SKEW) > 0) {
        throw StandInException.of("RequestTimeTooSkewed");
      }
    } catch (DateTimeParseException e) {
      throw StandInException.of("AccessDenied");
    }
    byte[] key = keys.apply(scope);
    // As it was sent, or as S3 writes it: clients differ in what they do with a slash in a key.
    if (!signs(key, time, request, request.rawPath())
        && !signs(key, time, request, encode(decode(request.rawPath()), true))) {
      throw StandInException.of("SignatureDoesNotMatch");
    }
  }

  private boolean signs(byte[] key, String time, Request request, String path) {
    String canonical = canonical(request, path);
    String hash = Digests.hex(Digests.sha256().digest(canonical.getBytes(UTF_8)));
    String text = ALGORITHM + '\n' + time + '\n' + scope + '\n' + hash;
    return Digests.hex(Digests.hmac("HmacSHA256", key, text)).equals(signature);
  }

  /** All {@code x-amz-*} and {@code x-scal-*} headers must be signed ("routes used, general"). */
  private void requireSigned(Request request) {
    for (String header : request.headers().keySet()) {
      String name = header.toLowerCase(Locale.ROOT);
      if ((name.startsWith("x-amz-") || name.startsWith("x-scal-"))
          && !signedHeaders.contains(name)) {
        throw StandInException.of("AccessDenied", "the header " + name + " is not signed");
      }
    }
  }

  private String canonical(Request request, String path) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append('\n');
    text.append(path).append('\n');
    Map<String, String> parameters = new TreeMap<>();
    request.query().forEach((name, value) -> parameters.put(encode(name, false), value));
    String separator = "";
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey()).append('=');
      text.append(encode(parameter.getValue(), false));
      separator = "&";
    }
    text.append('\n');
    for (String name : signedHeaders) {
      List<String> values = request.headers().getOrDefault(name, List.of());
      text.append(name).append(':');
      text.append(String.join(",", values.stream().map(SignatureV4::trimmed).toList()));
      text.append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return text.append(request.body().signedHash()).toString();
  }

  private static String trimmed(String value) {
    return value.trim().replaceAll(" +", " ");
  }

  /** A plus in a path stands for itself here. */
  private static String decode(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }

  private static String encode(String text, boolean keepSlashes) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0
              || (keepSlashes && c == '/');
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
