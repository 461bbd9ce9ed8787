package io.backbeat.examples.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.s3.S3Credentials;
import io.backbeat.testing.S3MockProcess;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class BetweenBucketsTest {
  private static final S3Credentials KEYS = new S3Credentials("example", "example-secret");

  @TempDir private static Path mock;
  @TempDir private Path state;
  private static S3MockProcess server;
  private static S3Client client;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3MockProcess.start(mock, "photos,backup");
    client = client(server.endpoint());
    System.setProperty("aws.accessKeyId", KEYS.accessKeyId());
    System.setProperty("aws.secretAccessKey", KEYS.secretAccessKey());
  }

  @AfterAll
  static void stopServer() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    client.close();
    server.close();
  }

  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void what_the_program_is_told_of_is_copied_with_what_its_writer_said_about_it() throws Exception {
    client.putObject(
        r -> r.bucket("photos").key("2026/cat.jpg").metadata(Map.of("camera", "pinhole")),
        RequestBody.fromString("a cat"));
    client.putObject(r -> r.bucket("photos").key("empty"), RequestBody.empty());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    InputStream stdin = System.in;
    PipedOutputStream keyboard = new PipedOutputStream();
    System.setIn(new PipedInputStream(keyboard));
    System.setOut(new PrintStream(said, true, UTF_8));
    try {
      CompletableFuture<Void> program = CompletableFuture.runAsync(this::program);
      keyboard.write("2026/cat.jpg\nempty\nnever/written\n".getBytes(UTF_8));
      keyboard.flush();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(said.toString(UTF_8))
                      .contains(
                          "copied 2026/cat.jpg", "copied empty", "there is no never/written"));
      keyboard.close();
      program.get(30, TimeUnit.SECONDS);
    } finally {
      System.setIn(stdin);
      System.setOut(stdout);
    }

    var copy = client.getObjectAsBytes(r -> r.bucket("backup").key("2026/cat.jpg"));
    assertThat(copy.asUtf8String()).isEqualTo("a cat");
    assertThat(copy.response().metadata())
        .containsEntry("camera", "pinhole")
        .containsEntry("scal-replication-status", "REPLICA");
    assertThat(client.headObject(r -> r.bucket("backup").key("empty")).contentLength()).isZero();
  }

  private void program() {
    try {
      BetweenBuckets.main(
          new String[] {
            "s3://photos?endpoint=" + server.endpoint(),
            "s3://backup?endpoint=" + server.endpoint(),
            state.toString()
          });
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(KEYS.accessKeyId(), KEYS.secretAccessKey())))
        .build();
  }
}
