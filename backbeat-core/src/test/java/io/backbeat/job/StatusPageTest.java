package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final String WRITE = "backbeat.docs.write";

  @Test
  void reference_page_says_what_the_code_does() throws IOException {
    Path page = projectRoot().resolve("docs/reference/status.md");
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, StatusPage.print());
    }
    assertThat(page)
        .as(
            "docs/reference/status.md is stale or missing; refresh it with"
                + " mvn -pl backbeat-core -am test -Dtest=StatusPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            WRITE)
        .exists()
        .hasContent(StatusPage.print());
  }

  private static Path projectRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("backbeat-core/pom.xml"))) {
      directory = directory.getParent();
      assertThat(directory).as("a directory above this one that holds the module").isNotNull();
    }
    return directory;
  }
}
