package io.backbeat.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/backbeat/examples/embedded/EmbeddedEngine.java");

  @Test
  void the_snippet_of_the_readme_is_the_code_that_is_compiled_and_run() throws IOException {
    String readme = between(Files.readString(Path.of("..", "README.md")), "```java\n", "```");
    String source = between(Files.readString(SOURCE), "// README: begin\n", "    // README: end");

    assertThat(readme).isEqualTo(source.stripTrailing().stripIndent() + "\n");
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    assertThat(from).as("position of " + begin).isNotNegative();
    int to = text.indexOf(end, from + begin.length());
    assertThat(to).as("position of " + end).isNotNegative();
    return text.substring(from + begin.length(), to);
  }
}
