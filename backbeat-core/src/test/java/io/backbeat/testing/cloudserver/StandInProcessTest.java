package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The double as a process of its own. */
class StandInProcessTest {
  @Test
  void it_serves_from_disk_can_be_watched_and_disturbed_and_ends(@TempDir Path directory)
      throws Exception {
    StandInProcess process =
        StandInProcess.start("--data=" + directory, "--locations=here:LOCAL,there:AWS_S3");
    try (process;
        S3Client s3 = S3Clients.of(process.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, "photos", "there");
      s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("hello world"));
      assertThat(
              s3.getObjectAsBytes(b -> b.bucket("photos").key("k").range("bytes=6-"))
                  .asUtf8String())
          .isEqualTo("world");
      try (var files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
      SignedRequests backbeat = SignedRequests.v4(process.uri(), Account.REPLICATION);
      long fault = process.inject(Fault.locationDown("there"));
      assertThat(replicate(backbeat).status()).isEqualTo(503);
      process.remove(fault);
      assertThat(replicate(backbeat).status()).isEqualTo(200);
      assertThat(process.object("there", "photos", "k").path("contentMd5").asText())
          .isEqualTo("9dd4e461268c8034f5c8564e155c67a6");
      assertThat(process.object("there", "photos", "other").isMissingNode()).isTrue();
      assertThat(process.count(Route.BACKEND_PUT_OBJECT)).isEqualTo(2);
      assertThat(process.orphans()).isEmpty();
      isAwayForAWhile(process, backbeat);
    }
    assertThat(process.isAlive()).isFalse();
  }

  private static SignedRequests.Answer replicate(SignedRequests backbeat) {
    return backbeat.send(
        "PUT",
        "/_/backbeat/multiplebackenddata/photos/k?operation=putobject",
        Map.of(
            "X-Scal-Storage-Class", "there",
            "X-Scal-Storage-Type", "aws_s3",
            "X-Scal-Canonical-Id", "id",
            "Content-MD5", "9dd4e461268c8034f5c8564e155c67a6"),
        "x");
  }

  private static void isAwayForAWhile(StandInProcess process, SignedRequests backbeat)
      throws IOException {
    process.downFor(Duration.ofSeconds(2));
    String path = "/_/backbeat/metadata/photos/k";
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> backbeat.trySend("GET", path, Map.of(), new byte[0]))
                    .isInstanceOf(IOException.class));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> backbeat.trySend("GET", path, Map.of(), new byte[0]).status() == 200);
  }
}
