package io.backbeat.examples.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide shows the code that is compiled and run, and nothing else. */
class ClientGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "client.md");
  private static final Path SOURCES = Path.of("src/main/java/io/backbeat/examples/client");
  private static final Pattern IN_GUIDE =
      Pattern.compile("<!-- snippet: (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern IN_SOURCE =
      Pattern.compile("// begin: (\\S+)\n(.*?)\n *// end: \\1\n", Pattern.DOTALL);

  @Test
  void every_snippet_of_the_guide_is_in_the_examples_and_the_other_way_round() throws IOException {
    String guide = Files.readString(GUIDE);
    Map<String, String> shown = new TreeMap<>();
    Matcher snippet = IN_GUIDE.matcher(guide);
    while (snippet.find()) {
      shown.put(snippet.group(1), snippet.group(2));
    }

    assertThat(shown).isEqualTo(compiled()).isNotEmpty();
    assertThat(guide.split("```java", -1)).as("code without a marker").hasSize(shown.size() + 1);
  }

  private static Map<String, String> compiled() throws IOException {
    Map<String, String> compiled = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Matcher snippet = IN_SOURCE.matcher(Files.readString(file));
        while (snippet.find()) {
          compiled.put(snippet.group(1), snippet.group(2).stripIndent() + "\n");
        }
      }
    }
    return compiled;
  }
}
