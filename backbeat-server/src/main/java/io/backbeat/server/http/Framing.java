package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * What must be right for a request and its end to mean the same to every server on its way;
 * anything doubtful is refused. Grizzly guesses in these cases.
 */
final class Framing {
  private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}");

  private Framing() {}

  /** Path and query as they were sent, one character for each byte. */
  static String target(HttpRequestPacket request) {
    String path = request.getRequestURI();
    String query = request.getQueryStringDC().isNull() ? null : request.getQueryString();
    return query == null ? path : path + '?' + query;
  }

  /**
   * Checks method, version, host, and the headers that tell where the body ends.
   *
   * @throws RequestError for the first one that is wrong
   */
  static void check(HttpRequestPacket request) {
    require(
        METHOD.matcher(request.getMethodDC().toString()).matches(),
        "The method is not a token of up to 32 characters.");
    String version = request.getProtocolDC().toString();
    require(
        version.equals("HTTP/1.1") || version.equals("HTTP/1.0"),
        "The version must be HTTP/1.1 or HTTP/1.0.");
    MimeHeaders headers = request.getHeaders();
    int lengths = count(headers, "content-length");
    int encodings = count(headers, "transfer-encoding");
    require(lengths <= 1, "Content-Length must be given once.");
    require(
        lengths == 0 || String.valueOf(headers.getHeader("content-length")).matches("[0-9]{1,18}"),
        "Content-Length must be a number.");
    require(encodings <= 1, "Transfer-Encoding must be given once.");
    require(
        encodings == 0 || lengths == 0, "Content-Length and Transfer-Encoding exclude each other.");
    require(
        encodings == 0 || is(headers, "transfer-encoding", "chunked"),
        "Transfer-Encoding must be chunked.");
    require(count(headers, "host") <= 1, "Host must be given once.");
    require(
        count(headers, "expect") == 0 || is(headers, "expect", "100-continue"),
        "Expect must be 100-continue.");
  }

  private static boolean is(MimeHeaders headers, String name, String value) {
    return String.valueOf(headers.getHeader(name)).strip().toLowerCase(Locale.ROOT).equals(value);
  }

  private static int count(MimeHeaders headers, String name) {
    int count = 0;
    for (int i = headers.indexOf(name, 0); i >= 0; i = headers.indexOf(name, i + 1)) {
      count++;
    }
    return count;
  }

  private static void require(boolean holds, String description) {
    if (!holds) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, description);
    }
  }
}
