package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.CloudServerSite.AWS;
import static io.backbeat.server.cluster.CloudServerSite.BUCKET;
import static io.backbeat.server.cluster.CloudServerSite.COPIES;
import static io.backbeat.server.cluster.CloudServerSite.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.serve.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Processes that are killed in the middle of their work, and started again. */
@Tag("slow")
@Timeout(300)
class KilledProcessesTest {
  private static final int OBJECTS = 60;

  @TempDir Path temp;
  private final TestServices services = new TestServices();

  @Test
  void what_a_killed_processor_and_a_killed_status_process_left_is_finished() throws Exception {
    try (CloudServerSite site = new CloudServerSite(temp, services, 1)) {
      site.start("populator").awaitReady();
      ServerProcess processor = site.start("processor").awaitReady();
      ServerProcess status = site.start("status").awaitReady();
      List<ObjectVersion> written = new ArrayList<>();
      for (int i = 0; i < OBJECTS; i++) {
        String key = "k" + i;
        String content = "content of " + i;
        written.add(
            new ObjectVersion(
                BUCKET,
                key,
                site.s3()
                    .putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(content))
                    .versionId()));
      }
      await()
          .atMost(PATIENCE)
          .pollInterval(java.time.Duration.ofMillis(5))
          .until(() -> site.source().cloud(AWS.value()).keys().size() > 3);
      processor.kill();
      status.kill();
      assertThat(written)
          .as("killed before everything was done")
          .anySatisfy(object -> assertThat(site.status(object)).isNotEqualTo("COMPLETED"));
      site.start("processor").awaitReady();
      site.start("status").awaitReady();

      site.awaitCompleted(written);
      BackbeatClient backbeat = site.client(site.start("api").awaitReady());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(backbeat.metrics().reportAll(ServiceName.REPLICATION).pending())
                      .as("pending: what the killed processes had not counted is made good")
                      .isEqualTo(Amount.ZERO));

      for (int i = 0; i < OBJECTS; i++) {
        String key = "k" + i;
        byte[] content = ("content of " + i).getBytes(UTF_8);
        for (String cloud : List.of("aws-one", "azure-two", "gcp-three")) {
          assertThat(site.source().cloud(cloud).object(BUCKET, key))
              .as("%s at %s", key, cloud)
              .hasValueSatisfying(copy -> assertThat(copy.bytes()).isEqualTo(content));
        }
        assertThat(site.copies().getObjectAsBytes(r -> r.bucket(COPIES).key(key)).asByteArray())
            .as("%s at sydney", key)
            .isEqualTo(content);
      }
      // A part whose answer the killed process did not live to see is known to nobody.
      assertThat(site.sydney().orphans()).hasSizeLessThanOrEqualTo(10);
      assertThat(site.source().orphans()).isEmpty();
      assertThat(site.source().clouds().values())
          .allSatisfy(cloud -> assertThat(cloud.openUploads()).isEmpty());
    }
  }
}
