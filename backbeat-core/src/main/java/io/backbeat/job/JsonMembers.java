package io.backbeat.job;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The top-level members of a JSON object by their place in its bytes, so that one can be replaced
 * and the rest kept to the letter.
 *
 * <p>Relies on the JSON being well-formed, as {@link ObjectMetadata#parse} has seen to; a parser
 * would do the same work again at twice the cost.
 */
final class JsonMembers {
  /** Takes one member: where its name (without quotes) and its value stand; ends are exclusive. */
  @FunctionalInterface
  interface Visitor {
    void member(int nameStart, int nameEnd, int start, int end);
  }

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private final byte[] json;
  private int at;

  private JsonMembers(byte[] json) {
    this.json = json;
  }

  /** Visits every member of a well-formed object, in order. */
  static void visit(byte[] json, Visitor visitor) {
    new JsonMembers(json).visit(visitor);
  }

  /**
   * The same text with the value of one member replaced, or the member put behind the others.
   *
   * @throws MalformedMetadataException if the text is no readable metadata
   */
  static String with(String json, String name, String value) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ObjectMetadata.parse(bytes);
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    int[] place = {-1, -1, -1};
    visit(
        bytes,
        (nameStart, nameEnd, start, end) -> {
          place[2] = end;
          if (Arrays.equals(bytes, nameStart, nameEnd, wanted, 0, wanted.length)) {
            place[0] = start;
            place[1] = end;
          }
        });
    if (place[0] >= 0) {
      return splice(bytes, place[0], place[1], value);
    }
    String member = quote(name) + ':' + value;
    if (place[2] >= 0) {
      return splice(bytes, place[2], place[2], ',' + member);
    }
    int behindBrace = json.indexOf('{') + 1;
    return splice(bytes, behindBrace, behindBrace, member);
  }

  /** A JSON string literal. */
  static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static String splice(byte[] bytes, int from, int to, String between) {
    return new String(bytes, 0, from, StandardCharsets.UTF_8)
        + between
        + new String(bytes, to, bytes.length - to, StandardCharsets.UTF_8);
  }

  private void visit(Visitor visitor) {
    skipSpace();
    at++;
    skipSpace();
    while (json[at] != '}') {
      int nameStart = at + 1;
      skipString();
      int nameEnd = at - 1;
      skipSpace();
      at++;
      skipSpace();
      int start = at;
      skipValue();
      visitor.member(nameStart, nameEnd, start, at);
      skipSpace();
      if (json[at] == ',') {
        at++;
        skipSpace();
      }
    }
  }

  private void skipValue() {
    switch (json[at]) {
      case '"' -> skipString();
      case '{', '[' -> skipStructure();
      default -> skipScalar();
    }
  }

  /** Eight bytes at a time: most bytes of metadata stand in strings. */
  private void skipString() {
    int i = at + 1;
    while (true) {
      while (i + Long.BYTES <= json.length) {
        long eight = (long) LONGS.get(json, i);
        long found = zeroBytes(eight ^ QUOTES) | zeroBytes(eight ^ BACKSLASHES);
        if (found != 0) {
          i += Long.numberOfTrailingZeros(found) >> 3;
          break;
        }
        i += Long.BYTES;
      }
      if (json[i] == '"') {
        at = i + 1;
        return;
      }
      i += json[i] == '\\' ? 2 : 1;
    }
  }

  /**
   * The high bit of each byte that is zero; higher ones may be marked falsely, the lowest marked
   * one never is.
   */
  private static long zeroBytes(long eight) {
    return (eight - ONES) & ~eight & HIGH_BITS;
  }

  private void skipStructure() {
    int depth = 0;
    do {
      switch (json[at]) {
        case '"' -> {
          skipString();
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0);
  }

  private void skipScalar() {
    while (json[at] > ' ' && json[at] != ',' && json[at] != '}') {
      at++;
    }
  }

  private void skipSpace() {
    while (json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
  }
}
