package io.backbeat.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class Utf8OrderTest {
  @Property
  void texts_are_ordered_as_their_bytes(@ForAll("texts") String a, @ForAll("texts") String b) {
    int bytes = Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    assertThat(Integer.signum(Utf8Order.compare(a, b))).isEqualTo(Integer.signum(bytes));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> characters =
        Arbitraries.of("", "a", "b", "\u00e9", "\ud7ff", "\ue000", "\uff61", "\uffff");
    Arbitrary<String> supplementary =
        Arbitraries.of("\ud800\udc00", "\ud83d\ude00", "\ud83d\ude01", "\udbff\udfff");
    return Arbitraries.oneOf(characters, supplementary)
        .list()
        .ofMaxSize(4)
        .map(l -> String.join("", l));
  }
}
