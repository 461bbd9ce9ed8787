package io.backbeat.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  private static final String WRITE = "backbeat.docs.write";

  @Test
  void reference_page_lists_the_meters_of_the_code() throws IOException {
    Path page = projectRoot().resolve("docs/reference/metrics.md");
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(page, MetricsPage.print());
    }
    assertThat(page)
        .as(
            "docs/reference/metrics.md is stale or missing; refresh it with"
                + " mvn -pl backbeat-core -am test -Dtest=MetricsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            WRITE)
        .exists()
        .hasContent(MetricsPage.print());
  }

  @Test
  void names_are_told_once_and_end_as_their_kind_wants() {
    assertThat(EngineMeters.ALL).extracting(Meter::name).doesNotHaveDuplicates();
    assertThat(EngineMeters.ALL)
        .allSatisfy(
            meter ->
                assertThat(meter.name().endsWith("_total"))
                    .as(meter.name())
                    .isEqualTo(meter.kind() == Meter.Kind.COUNTER));
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
