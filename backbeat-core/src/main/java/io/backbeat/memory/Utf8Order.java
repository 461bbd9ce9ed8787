package io.backbeat.memory;

import io.backbeat.api.ObjectVersion;
import java.util.Comparator;

/**
 * Orders texts as their UTF-8 bytes, which is the order of their code points; {@link
 * String#compareTo} has that of UTF-16.
 */
final class Utf8Order {
  /** By key, then by version id. */
  static final Comparator<ObjectVersion> BY_KEY =
      Comparator.comparing(ObjectVersion::key, Utf8Order::compare)
          .thenComparing(ObjectVersion::versionId, Utf8Order::compare);

  private Utf8Order() {}

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean onlyOneIsSupplementary = Character.isSurrogate(x) != Character.isSurrogate(y);
        if (onlyOneIsSupplementary) {
          return Character.isSurrogate(x) ? 1 : -1;
        }
        return Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
