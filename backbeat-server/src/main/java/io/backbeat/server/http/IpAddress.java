package io.backbeat.server.http;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, parsed from a literal; names are never looked up.
 *
 * @param bits 32 or 128
 * @param value the address as an unsigned number
 */
record IpAddress(int bits, BigInteger value) {
  static final int V4 = 32;
  static final int V6 = 128;

  private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");
  private static final int GROUPS = 8;
  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

  /** The address of a dotted IPv4 or an IPv6 literal; a zone ({@code %eth0}) is left out. */
  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
  }

  /** The IPv4 address inside an IPv4-mapped IPv6 address; any other address is returned as is. */
  IpAddress unmapped() {
    return bits == V6 && value.shiftRight(V4).equals(MAPPED)
        ? new IpAddress(V4, value.and(BigInteger.valueOf(0xffff_ffffL)))
        : this;
  }

  /** Whether both addresses are of one family and share the leading {@code prefixLength} bits. */
  boolean sharesPrefix(IpAddress other, int prefixLength) {
    int ignored = bits - prefixLength;
    return bits == other.bits && value.shiftRight(ignored).equals(other.value.shiftRight(ignored));
  }

  /** Dotted IPv4, or lower case IPv6 with its longest run of zeros compressed. */
  String canonical() {
    return bits == V4 ? canonicalV4() : canonicalV6();
  }

  private String canonicalV4() {
    long v = value.longValueExact();
    return (v >> 24) + "." + ((v >> 16) & 0xff) + "." + ((v >> 8) & 0xff) + "." + (v & 0xff);
  }

  private String canonicalV6() {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = value.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
    }
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (length < 2) {
      return hex(groups, 0, GROUPS);
    }
    return hex(groups, 0, start) + "::" + hex(groups, start + length, GROUPS);
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  private static Optional<IpAddress> parseV4(String text) {
    String[] octets = text.split("\\.", -1);
    BigInteger value = BigInteger.ZERO;
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return Optional.empty();
      }
      value = value.shiftLeft(8).or(BigInteger.valueOf(Integer.parseInt(octet)));
    }
    return octets.length == 4 ? Optional.of(new IpAddress(V4, value)) : Optional.empty();
  }

  private static Optional<IpAddress> parseV6(String text) {
    int zone = text.indexOf('%');
    String address = (zone < 0 ? text : text.substring(0, zone)).toLowerCase(Locale.ROOT);
    int lastColon = address.lastIndexOf(':');
    if (address.indexOf('.') > lastColon) {
      Optional<IpAddress> tail = parseV4(address.substring(lastColon + 1));
      if (tail.isEmpty()) {
        return Optional.empty();
      }
      long low = tail.get().value.longValueExact();
      address =
          address.substring(0, lastColon + 1)
              + Long.toHexString(low >> 16)
              + ':'
              + Long.toHexString(low & 0xffff);
    }
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address, GROUPS).map(value -> new IpAddress(V6, value));
    }
    String head = address.substring(0, gap);
    String rest = address.substring(gap + 2);
    int headGroups = count(head);
    int restGroups = count(rest);
    if (headGroups + restGroups >= GROUPS) {
      return Optional.empty();
    }
    return groups(head, headGroups)
        .map(value -> value.shiftLeft(16 * (GROUPS - headGroups)))
        .flatMap(high -> groups(rest, restGroups).map(high::or))
        .map(value -> new IpAddress(V6, value));
  }

  private static int count(String groups) {
    return groups.isEmpty() ? 0 : groups.split(":", -1).length;
  }

  private static Optional<BigInteger> groups(String text, int expected) {
    if (expected == 0) {
      return Optional.of(BigInteger.ZERO);
    }
    String[] groups = text.split(":", -1);
    BigInteger value = BigInteger.ZERO;
    for (String group : groups) {
      if (!GROUP.matcher(group).matches()) {
        return Optional.empty();
      }
      value = value.shiftLeft(16).or(new BigInteger(group, 16));
    }
    return groups.length == expected ? Optional.of(value) : Optional.empty();
  }
}
