package io.backbeat.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
  private static final int[] CHARACTERS = {
    'a', 'b', '/', '.', ' ', 0xE9, 0x4E2D, 0xD7FF, 0xE000, 0xFFFD, 0x1F600, 0x10FFFF
  };

  @Test
  void texts_are_in_the_order_of_their_bytes() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      check(text(random), text(random));
    }
  }

  @Test
  void characters_beyond_ffff_come_last() {
    assertThat(Utf8Order.compare("\uFFFD", "😀")).isNegative();
    assertThat("\uFFFD".compareTo("😀")).as("which is not the order of Java").isPositive();
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(4), 0, CHARACTERS.length)
        .map(i -> CHARACTERS[i])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void check(String a, String b) {
    int expected =
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    assertThat(Integer.signum(Utf8Order.compare(a, b)))
        .as("%s %s", a, b)
        .isEqualTo(Integer.signum(expected));
  }
}
