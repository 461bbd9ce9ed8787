package io.backbeat.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineTest {
  @TempDir Path temp;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void copies_files_and_writes_their_checksums_until_enter() throws Exception {
    Path photos = Files.createDirectories(temp.resolve("photos/2026"));
    Files.writeString(photos.resolve("check"), "123456789");
    Files.createFile(photos.resolve("empty"));
    PipedOutputStream keyboard = new PipedOutputStream();
    var stdin = System.in;
    System.setIn(new PipedInputStream(keyboard));
    try {
      CompletableFuture<Void> program = CompletableFuture.runAsync(this::program);
      // e3069283 is the check value of CRC-32C.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(temp.resolve("backup/2026/check")).hasContent("123456789");
                assertThat(temp.resolve("checksums/2026/check.crc32c")).hasContent("e3069283");
                assertThat(temp.resolve("backup/2026/empty")).isEmptyFile();
                assertThat(temp.resolve("checksums/2026/empty.crc32c")).hasContent("00000000");
              });
      keyboard.write('\n');
      keyboard.flush();
      program.get(30, TimeUnit.SECONDS);
    } finally {
      System.setIn(stdin);
    }
  }

  private void program() {
    try {
      EmbeddedEngine.main(
          new String[] {
            temp.resolve("photos").toString(),
            temp.resolve("backup").toString(),
            temp.resolve("checksums").toString(),
            temp.resolve("state").toString()
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
