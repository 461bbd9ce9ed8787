package io.backbeat.server.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which client addresses may ask. An entry is an address or a CIDR block; an entry that is neither
 * matches nothing, so that one typing error does not lock everybody out.
 *
 * <p>Rules kept from the original: an entry without {@code /} that starts with {@code 127.} means
 * the whole loopback network, an IPv4 address means itself, and an IPv6 address matches only when
 * it is written in canonical form. IPv4 clients match IPv4 entries only, IPv6 clients IPv6 entries
 * only; an IPv4-mapped IPv6 client counts as IPv4.
 */
final class AllowList {
  private static final List<String> LOOPBACK = List.of("127.0.0.1/8", "::1");

  private final List<Entry> entries;

  private AllowList(List<Entry> entries) {
    this.entries = entries;
  }

  /** Exactly these entries. */
  static AllowList of(List<String> entries) {
    return new AllowList(entries.stream().map(Entry::parse).toList());
  }

  /** These entries and, as always in a server, the loopback addresses. */
  static AllowList withLoopback(List<String> entries) {
    return of(Stream.concat(entries.stream(), LOOPBACK.stream()).toList());
  }

  /** Whether the client of that address may ask; a text that is no address may not. */
  boolean allows(String clientAddress) {
    return IpAddress.parse(clientAddress)
        .map(IpAddress::unmapped)
        .filter(client -> entries.stream().anyMatch(entry -> entry.matches(client)))
        .isPresent();
  }

  /**
   * One entry, parsed once.
   *
   * @param text what was written, which matches an address that has it as its canonical form
   * @param network the address of the block; empty if the entry is no block
   * @param bits how many leading bits the block fixes
   */
  private record Entry(String text, Optional<IpAddress> network, int bits) {
    static Entry parse(String text) {
      String block = withMask(text);
      int slash = block.indexOf('/');
      String mask = block.substring(slash + 1);
      if (slash < 0 || !mask.matches("\\d{1,3}")) {
        return new Entry(text, Optional.empty(), 0);
      }
      int bits = Integer.parseInt(mask);
      Optional<IpAddress> network =
          IpAddress.parse(block.substring(0, slash)).filter(address -> bits <= address.bits());
      return new Entry(text, network, bits);
    }

    private static String withMask(String entry) {
      if (entry.indexOf('/') >= 0) {
        return entry;
      }
      if (entry.startsWith("127.")) {
        return entry + "/8";
      }
      return entry.indexOf(':') < 0 && IpAddress.parse(entry).isPresent() ? entry + "/32" : entry;
    }

    boolean matches(IpAddress client) {
      return network.filter(address -> address.sharesPrefix(client, bits)).isPresent()
          || client.canonical().equals(text);
    }
  }
}
