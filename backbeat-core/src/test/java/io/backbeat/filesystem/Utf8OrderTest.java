package io.backbeat.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UnicodeChars;

class Utf8OrderTest {
  @Property
  void texts_are_in_the_order_of_their_bytes(
      @ForAll @UnicodeChars String a, @ForAll @UnicodeChars String b) {
    check(a, b);
  }

  @org.junit.jupiter.api.Test
  void characters_beyond_ffff_come_last() {
    check("\uFFFD", "😀");
    check("a", "a/");
    check("a.", "a/");
    check("", "x");
  }

  private static void check(String a, String b) {
    byte[] x = a.getBytes(StandardCharsets.UTF_8);
    byte[] y = b.getBytes(StandardCharsets.UTF_8);

    // A lone surrogate has no bytes of its own; no file name and no key read from UTF-8 has one.
    if (new String(x, StandardCharsets.UTF_8).equals(a)
        && new String(y, StandardCharsets.UTF_8).equals(b)) {
      assertThat(Integer.signum(Utf8Order.compare(a, b)))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(x, y)));
    }
  }
}
