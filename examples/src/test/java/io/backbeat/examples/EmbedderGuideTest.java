package io.backbeat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide shows to embedders is code that is compiled and run. */
class EmbedderGuideTest {
  private static final Path SOURCES = Path.of("src/main/java/io/backbeat/examples");
  private static final Pattern IN_GUIDE =
      Pattern.compile("<!-- code: (\\S+) (\\S+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

  @Test
  void code_in_the_guide_is_that_of_the_examples() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "guide.md"));
    Matcher block = IN_GUIDE.matcher(guide);
    int blocks = 0;
    for (; block.find(); blocks++) {
      String source = Files.readString(SOURCES.resolve(block.group(1) + ".java"));
      Matcher compiled =
          Pattern.compile(
                  "// begin: %1$s\n(.*?)\n *// end: %1$s\n".formatted(block.group(2)),
                  Pattern.DOTALL)
              .matcher(source);
      assertThat(compiled.find()).as("%s of %s", block.group(2), block.group(1)).isTrue();
      assertThat(block.group(3).strip())
          .as("%s of %s", block.group(2), block.group(1))
          .isEqualTo(compiled.group(1).stripTrailing().stripIndent().strip());
    }

    assertThat(blocks).isPositive();
    assertThat(guide.split("```java", -1)).as("code without a marker").hasSize(blocks + 1);
  }
}
