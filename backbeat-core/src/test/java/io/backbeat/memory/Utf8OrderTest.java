package io.backbeat.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

final class Utf8OrderTest {
  @Property
  void texts_are_ordered_as_their_bytes(
      @ForAll @StringLength(max = 4) String a, @ForAll @StringLength(max = 4) String b) {
    String x = wellFormed(a);
    String y = wellFormed(b);

    int bytes = Arrays.compareUnsigned(x.getBytes(UTF_8), y.getBytes(UTF_8));
    assertThat(Integer.signum(Utf8Order.compare(x, y))).isEqualTo(Integer.signum(bytes));
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
