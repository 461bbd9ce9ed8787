package io.backbeat.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated script in a real shell. */
class CompletionTest {
  @TempDir Path temp;
  private Path script;

  @BeforeEach
  void generate() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
    Outcome outcome = Outcome.of("completion", "bash");
    assertThat(outcome.status()).isZero();
    assertThat(Outcome.of("completion", "zsh").status()).isZero();
    script = Files.writeString(temp.resolve("completion"), outcome.out());
  }

  @Test
  void script_is_valid() throws Exception {
    assertThat(bash("bash -n " + script)).isEmpty();
  }

  @Test
  void commands_and_options_are_completed() throws Exception {
    String complete =
        "source " + script + "; %s; _complete_backbeat 2>/dev/null; echo ${COMPREPLY[@]}";

    assertThat(bash(complete.formatted("COMP_WORDS=(backbeat sch); COMP_CWORD=1")))
        .isEqualTo("schedule\n");
    assertThat(bash(complete.formatted("COMP_WORDS=(backbeat health --de); COMP_CWORD=2")))
        .isEqualTo("--deep\n");
  }

  private String bash(String command) throws Exception {
    Process process =
        new ProcessBuilder("/bin/bash", "-c", command).redirectErrorStream(true).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return out;
    } finally {
      process.destroyForcibly();
    }
  }
}
