package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The double as a process of its own. */
class StandInMainTest {
  @Test
  void it_says_its_port_serves_from_disk_and_ends_with_its_input(@TempDir Path directory)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StandInMain.class.getName(),
                "--data=" + directory,
                "--locations=here:LOCAL,there:AWS_S3")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).startsWith("port=");
      URI uri = URI.create("http://127.0.0.1:" + line.substring("port=".length()));
      try (S3Client s3 = S3Clients.of(uri, Account.USER)) {
        S3Clients.replicatedBucket(s3, "photos", "there");
        s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("hello world"));
        assertThat(
                s3.getObjectAsBytes(b -> b.bucket("photos").key("k").range("bytes=6-"))
                    .asUtf8String())
            .isEqualTo("world");
      }
      try (var files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
