package io.backbeat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriComponentTest {
  /** The right column is what Node 20 answers. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "b/k, b%2Fk",
        "-_.!~*'()azAZ09, -_.!~*'()azAZ09",
        "`a b+c,d`, a%20b%2Bc%2Cd",
        "中, %E4%B8%AD",
        "é/ключ, %C3%A9%2F%D0%BA%D0%BB%D1%8E%D1%87",
        "\ud83d\ude80, %F0%9F%9A%80",
        "50%, 50%25",
        "\u007f\u0080, %7F%C2%80",
        "\uffff, %EF%BF%BF",
      })
  void encodes_as_javascript_does(String text, String expected) {
    assertThat(UriComponent.encode(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ude80", "\ude80\ud83d", "\ud83dx"})
  void half_of_a_surrogate_pair_is_refused_as_in_javascript(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriComponent.encode(text))
        .withMessageContaining("surrogate");
  }

  @Property
  void what_was_encoded_can_be_decoded_and_is_ascii(@ForAll String text) {
    String valid =
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // no lone halves
    String encoded = UriComponent.encode(valid);
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(valid);
    assertThat(encoded).matches("[A-Za-z0-9_.!~*'()%-]*");
  }
}
