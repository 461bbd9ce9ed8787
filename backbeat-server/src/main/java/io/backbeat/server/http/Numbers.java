package io.backbeat.server.http;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in texts, read as generously as the original reads them. */
final class Numbers {
  private static final Pattern LEADING_INTEGER = Pattern.compile("\\s*([+-]?\\d+)");
  private static final Pattern EXPONENT = Pattern.compile("\\s*\\d+(\\.\\d*)?[eE]\\+?\\d+\\s*");
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  /**
   * The integer that a text starts with, behind white space: 12 of {@code 12abc}, 1 of {@code
   * 1.5e12}. Beyond the range of a long, the end of the range.
   */
  static OptionalLong leadingInteger(String text) {
    Matcher matcher = LEADING_INTEGER.matcher(text);
    return matcher.lookingAt()
        ? OptionalLong.of(new BigInteger(matcher.group(1)).max(MIN).min(MAX).longValueExact())
        : OptionalLong.empty();
  }

  /** Whether a text is a number with an exponent, such as {@code 1e309}, that no long can hold. */
  static boolean hasExponentBeyondLong(String text) {
    return EXPONENT.matcher(text).matches() && Double.parseDouble(text.strip()) >= Long.MAX_VALUE;
  }
}
