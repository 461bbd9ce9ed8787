package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be right for a request and its end to mean the same to every server on its way;
 * anything doubtful is refused. Left to itself Grizzly guesses in these cases.
 */
final class Framing {
  /** Longer than any method there is. */
  static final int LONGEST_METHOD = 32;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
  private static final Pattern METHOD = Pattern.compile(TOKEN + "{1," + LONGEST_METHOD + "}");
  private static final Pattern START =
      Pattern.compile(TOKEN + "{0," + LONGEST_METHOD + "}|" + TOKEN + "+ .*", Pattern.DOTALL);

  /** A path, a whole URI, or the asterisk of OPTIONS. */
  private static final Pattern TARGET =
      Pattern.compile("(?:/|[a-zA-Z][a-zA-Z0-9+.-]*://|[*]$).*", Pattern.DOTALL);

  private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[01]");
  private static final Pattern HEADER =
      Pattern.compile("(" + TOKEN + "+):([^\\x00-\\x08\\x0a-\\x1f\\x7f]*)");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private Framing() {}

  /** Whether what has come so far can become a method with a blank behind it. */
  static boolean canBecomeMethod(String start) {
    return START.matcher(start).matches();
  }

  /**
   * Checks the request line and the headers.
   *
   * @param head up to and with the empty line, one character for each byte
   * @return the target, as it was sent
   * @throws RequestError for the first thing that is wrong
   */
  static String check(String head) {
    String[] lines = head.split("\r?\n", -1);
    String[] parts = lines[0].split(" ", -1);
    require(parts.length == 3, "The request line must be: method, blank, path, blank, HTTP/1.1.");
    require(METHOD.matcher(parts[0]).matches(), "The method is not a token.");
    require(VERSION.matcher(parts[2]).matches(), "The version must be HTTP/1.1 or HTTP/1.0.");
    if (parts[0].equals("CONNECT")) {
      throw RequestError.methodNotAllowed();
    }
    require(TARGET.matcher(parts[1]).matches(), "The path must start with /.");
    Counts counts = new Counts();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      Matcher header = HEADER.matcher(lines[i]);
      require(header.matches(), "Header number " + i + " is not of the form name: value.");
      counts.add(header.group(1).toLowerCase(Locale.ROOT), header.group(2).strip());
    }
    counts.check();
    return parts[1];
  }

  /** Whether a line, without its end, is a header. */
  static boolean isHeader(String line) {
    return HEADER.matcher(line).matches();
  }

  private static void require(boolean holds, String description) {
    if (!holds) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, description);
    }
  }

  /** The headers that tell where the body ends. */
  private static final class Counts {
    private int lengths;
    private int encodings;
    private int hosts;

    private void add(String name, String value) {
      switch (name) {
        case "content-length" -> {
          lengths++;
          require(LENGTH.matcher(value).matches(), "Content-Length must be a number.");
        }
        case "transfer-encoding" -> {
          encodings++;
          require(value.equalsIgnoreCase("chunked"), "Transfer-Encoding must be chunked.");
        }
        case "host" -> hosts++;
        case "expect" ->
            require(value.equalsIgnoreCase("100-continue"), "Expect must be 100-continue.");
        default -> {}
      }
    }

    private void check() {
      require(lengths + encodings <= 1, "Content-Length or Transfer-Encoding must be given once.");
      require(hosts <= 1, "Host must be given once.");
    }
  }
}
