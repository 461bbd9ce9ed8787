package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Takes one chunked body apart, to the letter of RFC 9112: every line ends in CRLF, data is as long
 * as announced, extensions and trailers are read over. Doubt about where a body ends would make of
 * its rest another request. For one thread at a time.
 */
final class ChunkDecoder {
  private enum State {
    SIZE,
    BLANK,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    TRAILER_END,
    DONE
  }

  private static final int MOST_DIGITS = 15;

  /** Of all extensions and trailers of a body; they mean nothing to us. */
  private static final int MOST_BYTES_READ_OVER = 16 * 1024;

  private final StringBuilder trailer = new StringBuilder();
  private State state = State.SIZE;
  private int digits;
  private int readOver;
  private long left;

  /** Whether the end of the body has been read. */
  boolean done() {
    return state == State.DONE;
  }

  /**
   * Reads as much as belongs to the body; what follows it is left.
   *
   * @throws RequestError if it is not well-formed: BAD_REQUEST
   */
  void decode(ByteBuffer in, ByteArrayOutputStream out) {
    while (in.hasRemaining() && !done()) {
      if (state == State.DATA) {
        byte[] data = new byte[(int) Math.min(left, in.remaining())];
        in.get(data);
        out.writeBytes(data);
        left -= data.length;
        state = left == 0 ? State.DATA_CR : State.DATA;
      } else {
        state = next((char) (in.get() & 0xff));
      }
    }
  }

  private State next(char c) {
    return switch (state) {
      case SIZE -> size(c);
      case BLANK -> isBlank(c) ? readOver(State.BLANK) : expect(c, ';', State.EXTENSION);
      case EXTENSION -> c == '\r' ? State.SIZE_END : text(c, State.EXTENSION);
      case SIZE_END -> expect(c, '\n', left == 0 ? State.TRAILER : State.DATA);
      case DATA_CR -> expect(c, '\r', State.DATA_LF);
      case DATA_LF -> {
        digits = 0;
        yield expect(c, '\n', State.SIZE);
      }
      case TRAILER -> {
        if (c == '\r') {
          yield State.TRAILER_END;
        }
        trailer.append(c);
        yield text(c, State.TRAILER);
      }
      case TRAILER_END -> trailerEnd(c);
      case DATA, DONE -> throw new IllegalStateException(state.name());
    };
  }

  private State size(char c) {
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit >= 0 && digits < MOST_DIGITS) {
      left = digits == 0 ? digit : left * 16 + digit;
      digits++;
      return State.SIZE;
    }
    if (digit >= 0 || digits == 0) {
      throw malformed();
    }
    if (isBlank(c)) {
      return State.BLANK;
    }
    return c == ';' ? State.EXTENSION : expect(c, '\r', State.SIZE_END);
  }

  private State trailerEnd(char c) {
    boolean last = trailer.isEmpty();
    if (!last && !Framing.isHeader(trailer.toString())) {
      throw malformed();
    }
    trailer.setLength(0);
    return expect(c, '\n', last ? State.DONE : State.TRAILER);
  }

  private State text(char c, State next) {
    if ((c < ' ' && c != '\t') || c == 0x7f) {
      throw malformed();
    }
    return readOver(next);
  }

  private State readOver(State next) {
    if (++readOver > MOST_BYTES_READ_OVER) {
      throw malformed();
    }
    return next;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static State expect(char c, char expected, State next) {
    if (c != expected) {
      throw malformed();
    }
    return next;
  }

  private static RequestError malformed() {
    return RequestError.of(ErrorCode.BAD_REQUEST, "The body is not well-formed HTTP.");
  }
}
