package io.backbeat.examples.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.testing.KafkaCluster;
import io.backbeat.testing.MongoReplica;
import io.backbeat.testing.RedisService;
import io.backbeat.testing.ZooKeeperService;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.S3Clients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("slow")
@Timeout(180)
class ClusterPipelineTest {
  @TempDir Path temp;

  @Test
  void object_put_into_cloudserver_reaches_both_clouds_and_cloudserver_says_so() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    InputStream stdin = System.in;
    PipedOutputStream keyboard = new PipedOutputStream();
    try (KafkaCluster kafka = KafkaCluster.start(temp, 1);
        RedisService redis = RedisService.start();
        ZooKeeperService zookeeper = ZooKeeperService.start();
        CloudServerStandIn cloudServer =
            CloudServerStandIn.builder()
                .mongo(MongoReplica.shared().uri(), "metadata")
                .location("us-east-1", Location.Type.LOCAL)
                .location("aws", Location.Type.AWS_S3)
                .location("azure", Location.Type.AZURE)
                .start();
        S3Client s3 = S3Clients.of(cloudServer.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, "photos", "aws,azure");
      System.setIn(new PipedInputStream(keyboard));
      System.setOut(new PrintStream(said, true, UTF_8));
      CompletableFuture<Void> program =
          CompletableFuture.runAsync(
              () ->
                  program(
                      kafka.servers(),
                      zookeeper.hosts() + "/backbeat",
                      "127.0.0.1:" + redis.port(),
                      MongoReplica.shared().uri(),
                      "127.0.0.1:" + cloudServer.port(),
                      Account.REPLICATION.accessKey(),
                      Account.REPLICATION.secretKey()));

      s3.putObject(r -> r.bucket("photos").key("cat.jpg"), RequestBody.fromString("a cat"));

      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () ->
                  assertThat(
                          s3.headObject(r -> r.bucket("photos").key("cat.jpg"))
                              .replicationStatusAsString())
                      .as(said.toString(UTF_8))
                      .isEqualTo("COMPLETED"));
      for (String cloud : new String[] {"aws", "azure"}) {
        assertThat(cloudServer.cloud(cloud).object("photos", "cat.jpg"))
            .hasValueSatisfying(
                copy -> assertThat(copy.bytes()).isEqualTo("a cat".getBytes(UTF_8)));
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(said.toString(UTF_8)).contains(" is at aws", " is at azure"));
      keyboard.write('\n');
      keyboard.close();
      program.get(60, TimeUnit.SECONDS);
    } finally {
      System.setIn(stdin);
      System.setOut(stdout);
    }
  }

  private static void program(String... args) {
    try {
      ClusterPipeline.main(args);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
