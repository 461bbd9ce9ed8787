package io.backbeat.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void what_steers_a_terminal_or_turns_the_text_is_spelt_out() {
    assertThat(Texts.printable("a\u001b[2Jb\r\n\u009b\u202e\u2028\ud800é日😀"))
        .isEqualTo("a\\u001b[2Jb\\u000d\\u000a\\u009b\\u202e\\u2028\\ud800é日😀");
  }

  @Test
  void width_is_that_on_a_terminal() {
    assertThat(Texts.width("abc")).isEqualTo(3);
    assertThat(Texts.width("日本")).isEqualTo(4);
    assertThat(Texts.width("😀")).isEqualTo(2);
    assertThat(Texts.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void parts_of_a_table_keep_their_columns_and_colours_take_no_room() {
    List<String> lines = new ArrayList<>();
    TableWriter table =
        new TableWriter(List.of(Column.words("name"), Column.numbers("n")), true, lines::add);
    table.write(List.of(List.of(new Cell("日本", Tone.BAD), Cell.of(7))));
    table.write(List.of(List.of(Cell.of("longer"), Cell.of(12345))));

    assertThat(lines).containsExactly("name  n", "\u001b[31m日本\u001b[0m  7", "longer  12345");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.write(List.of(List.of(Cell.of(1)))))
        .withMessageContaining("2 cells, was 1");
  }

  @Test
  void sizes_have_units_of_a_thousand() {
    assertThat(Texts.bytes(999)).isEqualTo("999 B");
    assertThat(Texts.bytes(999_600)).isEqualTo("1.0 MB");
    assertThat(Texts.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
  }
}
