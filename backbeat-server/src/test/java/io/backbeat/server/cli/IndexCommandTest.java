package io.backbeat.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code index}, as far as it goes without a cluster. */
class IndexCommandTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"rebuild", "import"})
  void the_embedded_profile_has_no_index(String command) {
    Outcome outcome = Outcome.of("index", command, "--profile", "embedded");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains("there is no index").contains("--config FILE");
  }

  @Test
  void a_location_that_is_not_configured_is_refused_before_anything_is_opened() throws Exception {
    Path config =
        Files.writeString(
            temp.resolve("config.json"),
            """
            {"kafka": {"hosts": "k"}, "zookeeper": {"connectionString": "z"},
             "extensions": {"replication": {"destination": {"bootstrapList": [{"site": "aws"}, {"site": "sf"}]}}}}
            """);

    Outcome outcome =
        Outcome.of("index", "rebuild", "--config", config.toString(), "--location", "rome");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("no location rome; it has aws, sf");
  }

  @Test
  void index_alone_is_not_a_command() {
    assertThat(Outcome.of("index").status()).isEqualTo(2);
    assertThat(Outcome.of("index", "rebuild", "--nonsense").status()).isEqualTo(2);
  }
}
