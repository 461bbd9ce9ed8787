package io.backbeat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md and the code together. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void every_key_with_an_effect_has_its_row_and_there_is_no_other() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();
    List<String> expected =
        KnownKeys.load().all().stream()
            .filter(key -> !key.effect().isEmpty())
            .map(ConfigurationPageTest::row)
            .toList();

    assertThat(rows.stream().filter(row -> row.matches("\\| `[a-z][A-Za-z0-9.*\\[\\]]*` \\|.*")))
        .as("put these rows into the page")
        .containsExactlyElementsOf(expected);
  }

  @Test
  void every_key_of_our_own_section_has_an_effect() {
    assertThat(KnownKeys.load().all())
        .filteredOn(key -> key.pattern().startsWith("backbeat."))
        .allMatch(key -> !key.effect().isEmpty());
  }

  @Test
  void every_variable_is_named_and_there_is_no_other() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("## Environment"), page.indexOf("## Exit status"));
    Matcher named = Pattern.compile("`([A-Z][A-Z0-9_]+)`").matcher(section);
    List<String> names = named.results().map(match -> match.group(1)).distinct().toList();

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    EnvironmentSettings.SIMPLE.keySet().stream(),
                    EnvironmentSettings.SPECIAL.stream())
                .toList());
  }

  private static String row(KnownKey key) {
    return "| `"
        + key.pattern()
        + "` | "
        + key.kind().name()
        + (key.required() ? ", required" : "")
        + " | "
        + key.otherwise().map(value -> "`" + value.asText() + "`").orElse("")
        + " | "
        + key.effect()
        + " |";
  }
}
