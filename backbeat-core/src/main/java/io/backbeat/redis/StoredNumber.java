package io.backbeat.redis;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number that a stored text stands for. Pure. */
final class StoredNumber {
  private static final Pattern LEADING = Pattern.compile("\\s*([+-]?\\d{1,400})");
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private StoredNumber() {}

  /**
   * Reads as the original does: what is missing or does not begin with a whole number counts as 0.
   * A number beyond 64 bits, which counting never makes, reads as the nearest one that fits.
   */
  static long of(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException unusual) {
      Matcher matcher = LEADING.matcher(text);
      return matcher.lookingAt()
          ? new BigInteger(matcher.group(1)).max(MIN).min(MAX).longValue()
          : 0;
    }
  }
}
