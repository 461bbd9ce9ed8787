package io.backbeat.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The recorded answers on the embedded store. */
class GoldenTest extends GoldenContract {
  GoldenTest() {
    super(ListedDifference.Where.EMBEDDED);
  }

  @Override
  Ground ground(Recording recording, String mode, MutableClock clock, Path directory) {
    return new EmbeddedGround(recording, clock, directory);
  }

  /** Where only the meaning of the marker differs, the first entry is on the page before. */
  @Test
  void pages_after_a_marker_lack_the_entry_of_that_marker_and_no_other() {
    assertThat(listedAs("marker-inclusive")).isNotEmpty();
    for (GoldenRecord record : listedAs("marker-inclusive")) {
      Set<String> shown = entries(answers(record));
      assertThat(entries(record.answers()))
          .as(record.id())
          .containsAll(shown)
          .hasSize(shown.size() + 1);
    }
  }
}
