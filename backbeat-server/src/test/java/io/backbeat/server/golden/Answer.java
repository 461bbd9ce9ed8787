package io.backbeat.server.golden;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP answer.
 *
 * @param status the status code
 * @param headers by lower-case name
 * @param body as UTF-8
 */
record Answer(int status, Map<String, String> headers, String body) {
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** The media type, with its parameters; empty if there is none. */
  String contentType() {
    return headers.getOrDefault("content-type", "");
  }

  /**
   * The complete answers at the start of what came over a connection.
   *
   * @param ended whether nothing more will come, so that an answer without length is complete
   */
  static List<Answer> read(byte[] stream, boolean ended, boolean toHead) {
    // One character for each byte, so that lengths can be counted.
    String rest = new String(stream, StandardCharsets.ISO_8859_1);
    List<Answer> answers = new ArrayList<>();
    while (rest.contains(END_OF_HEAD)) {
      int bodyStart = rest.indexOf(END_OF_HEAD) + END_OF_HEAD.length();
      Answer head = head(rest.substring(0, bodyStart));
      String body = rest.substring(bodyStart);
      Optional<Integer> length = head.length(toHead);
      if (length.map(l -> l > body.length()).orElse(!ended)) {
        break;
      }
      int end = length.orElse(body.length());
      answers.add(new Answer(head.status, head.headers, utf8(body.substring(0, end))));
      rest = body.substring(end);
    }
    return answers;
  }

  private static Answer head(String text) {
    String[] lines = text.split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, "");
  }

  /** How long the body is; empty for "as long as something comes". */
  private Optional<Integer> length(boolean toHead) {
    if (status == 100 || toHead) {
      return Optional.of(0);
    }
    return Optional.ofNullable(headers.get("content-length")).map(Integer::valueOf);
  }

  private static String utf8(String bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return out.toString(StandardCharsets.UTF_8);
  }
}
