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

  private JsonMembers() {}

  /** Takes one element of an array: where its value stands; the end is exclusive. */
  @FunctionalInterface
  interface ElementVisitor {
    void element(int index, int start, int end);
  }

  /** Visits every member of a well-formed object, in order. */
  static void visit(byte[] json, Visitor visitor) {
    visit(json, 0, visitor);
  }

  /** Visits every member of the object that begins there, in order. */
  static void visit(byte[] json, int from, Visitor visitor) {
    int at = skipSpace(json, skipSpace(json, from) + 1);
    while (json[at] != '}') {
      int nameStart = at + 1;
      int nameEnd = skipString(json, at) - 1;
      int colon = skipSpace(json, nameEnd + 1);
      int start = skipSpace(json, colon + 1);
      int end = skipValue(json, start);
      visitor.member(nameStart, nameEnd, start, end);
      at = skipSpace(json, end);
      if (json[at] == ',') {
        at = skipSpace(json, at + 1);
      }
    }
  }

  /** Visits every element of the array that begins there, in order. */
  static void elements(byte[] json, int from, ElementVisitor visitor) {
    int at = skipSpace(json, from + 1);
    for (int index = 0; json[at] != ']'; index++) {
      int end = skipValue(json, at);
      visitor.element(index, at, end);
      at = skipSpace(json, end);
      if (json[at] == ',') {
        at = skipSpace(json, at + 1);
      }
    }
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

  private static int skipValue(byte[] json, int start) {
    return switch (json[start]) {
      case '"' -> skipString(json, start);
      case '{', '[' -> skipStructure(json, start);
      default -> skipScalar(json, start);
    };
  }

  /** Eight bytes at a time: most bytes of metadata stand in strings. */
  private static int skipString(byte[] json, int quote) {
    int at = quote + 1;
    while (true) {
      while (at + Long.BYTES <= json.length) {
        long eight = (long) LONGS.get(json, at);
        long found = zeroBytes(eight ^ QUOTES) | zeroBytes(eight ^ BACKSLASHES);
        if (found != 0) {
          at += Long.numberOfTrailingZeros(found) >> 3;
          break;
        }
        at += Long.BYTES;
      }
      if (json[at] == '"') {
        return at + 1;
      }
      at += json[at] == '\\' ? 2 : 1;
    }
  }

  /**
   * The high bit of each byte that is zero; higher ones may be marked too, but the lowest marked
   * one is a zero.
   */
  private static long zeroBytes(long eight) {
    return (eight - ONES) & ~eight & HIGH_BITS;
  }

  private static int skipStructure(byte[] json, int start) {
    int at = start;
    int depth = 0;
    do {
      byte b = json[at];
      if (b == '"') {
        at = skipString(json, at);
      } else {
        if (b == '{' || b == '[') {
          depth++;
        } else if (b == '}' || b == ']') {
          depth--;
        }
        at++;
      }
    } while (depth > 0);
    return at;
  }

  private static int skipScalar(byte[] json, int start) {
    int at = start;
    while (json[at] > ' ' && json[at] != ',' && json[at] != '}') {
      at++;
    }
    return at;
  }

  private static int skipSpace(byte[] json, int start) {
    int at = start;
    while (json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    return at;
  }
}
