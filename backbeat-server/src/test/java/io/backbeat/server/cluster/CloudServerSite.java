package io.backbeat.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.client.BackbeatClient;
import io.backbeat.client.RetryOptions;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.server.serve.ServerProcess;
import io.backbeat.testing.MongoReplica;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.S3Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * A CloudServer with the bucket {@value #BUCKET}, whose objects go to three clouds and to another
 * CloudServer, and the processes of Backbeat that bring them there. The CloudServers are test
 * doubles; Kafka, ZooKeeper and Redis are real. For one thread.
 */
final class CloudServerSite implements AutoCloseable {
  static final String BUCKET = "photos";
  static final String COPIES = "copies";
  static final LocationName AWS = LocationName.of("aws-one");
  static final LocationName AZURE = LocationName.of("azure-two");
  static final LocationName GCP = LocationName.of("gcp-three");
  static final LocationName SYDNEY = LocationName.of("sydney");
  static final List<LocationName> SITES = List.of(AWS, AZURE, GCP, SYDNEY);

  /** Where the source keeps data only until it is replicated. */
  static final String EDGE = "edge";

  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ROLES =
      "arn:aws:iam::123456789012:role/source,arn:aws:iam::123456789012:role/destination";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final TestServices services;
  private final Path file;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final CloudServerStandIn source;
  private final CloudServerStandIn sydney;
  private final S3Client s3;
  private final S3Client copies;

  CloudServerSite(Path directory, TestServices services) {
    this(directory, services, 15);
  }

  /**
   * A site.
   *
   * @param pendingCheck seconds between two looks at what is counted as pending; 0 for none
   */
  CloudServerSite(Path directory, TestServices services, int pendingCheck) {
    this.directory = directory;
    this.services = services;
    this.source =
        CloudServerStandIn.builder()
            .mongo(MongoReplica.shared().uri(), services.metadata())
            .location("us-east-1", Location.Type.LOCAL)
            .location(EDGE, Location.Type.LOCAL)
            .location(AWS.value(), Location.Type.AWS_S3)
            .location(AZURE.value(), Location.Type.AZURE)
            .location(GCP.value(), Location.Type.GCP)
            .location(SYDNEY.value(), Location.Type.SCALITY)
            .start();
    this.sydney = CloudServerStandIn.start();
    this.s3 = S3Clients.of(source.uri(), Account.USER);
    this.copies = S3Clients.of(sydney.uri(), Account.USER);
    S3Clients.replicatedBucket(s3, BUCKET, ROLES, COPIES, "aws-one,azure-two,gcp-three,sydney");
    copies.createBucket(b -> b.bucket(COPIES));
    copies.putBucketVersioning(
        b ->
            b.bucket(COPIES)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    this.file = configure(pendingCheck);
  }

  private Path configure(int pendingCheck) {
    try {
      Files.writeString(
          directory.resolve("locationConfig.json"),
          """
          {"us-east-1": {"type": "file"}, "edge": {"type": "file", "isTransient": true}}
          """);
      return services.file(
          directory,
          "",
          """
          "extensions": {"replication": {
            "source": {"s3": {"host": "127.0.0.1", "port": %d},
                       "auth": {"type": "account", "account": "replication"}},
            "destination": {
              "auth": {"type": "account", "account": "replication"},
              "bootstrapList": [
                {"site": "aws-one", "type": "aws_s3"},
                {"site": "azure-two", "type": "azure"},
                {"site": "gcp-three", "type": "gcp"},
                {"site": "sydney", "servers": ["127.0.0.1:%d"]}]},
            "queueProcessor": {
              "minMPUSizeMB": 20,
              "retry": {
                "aws_s3": {"maxRetries": 5, "backoff": {"min": 200, "max": 1000}},
                "azure": {"maxRetries": 5, "backoff": {"min": 200, "max": 1000}},
                "gcp": {"maxRetries": 1, "backoff": {"min": 200, "max": 1000}},
                "scality": {"maxRetries": 5, "backoff": {"min": 200, "max": 1000}}}}}},
          """
              .formatted(source.port(), sydney.port()),
          pendingCheck);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a process; it is not ready yet. */
  ServerProcess start(String roles) {
    try {
      Map<String, String> environment = new HashMap<>(services.environment());
      Path accounts = directory.resolve("authdata.json");
      Files.writeString(
          accounts,
          """
          {"accounts": [
            {"name": "replication", "arn": "arn:aws:iam::000000000000:root", "canonicalID": "r",
             "keys": {"access": "%s", "secret": "%s"}},
            {"name": "Bart", "arn": "arn:aws:iam::123456789012:root", "canonicalID": "%s",
             "keys": {"access": "a", "secret": "s"}}]}
          """
              .formatted(
                  Account.REPLICATION.accessKey(),
                  Account.REPLICATION.secretKey(),
                  Account.USER.canonicalId()));
      ServerProcess process =
          ServerProcess.start(
              Files.createTempDirectory(directory, "process"),
              environment,
              "--config",
              file.toString(),
              "--roles",
              roles);
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client of a process with the role {@code api}. */
  BackbeatClient client(ServerProcess process) {
    return BackbeatClient.builder(process.api()).retries(RetryOptions.NONE).build();
  }

  /** The CloudServer whose objects are replicated. */
  CloudServerStandIn source() {
    return source;
  }

  /** The other CloudServer. */
  CloudServerStandIn sydney() {
    return sydney;
  }

  /** What a user puts objects with. */
  S3Client s3() {
    return s3;
  }

  /** What a user reads copies at the other CloudServer with. */
  S3Client copies() {
    return copies;
  }

  /** Marks a version as one that lifecycle moves to another location. */
  void markInTransition(ObjectVersion object) {
    try (CloudServerClient internal =
        CloudServerClient.open(
            CloudServerOptions.of(
                List.of(new HostAddress("127.0.0.1", source.port())),
                CredentialsProvider.of(
                    Credentials.of(
                        Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))))) {
      ObjectNode metadata = (ObjectNode) tree(internal.metadata(object).orElseThrow());
      metadata.put("x-amz-scal-transition-in-progress", true);
      internal.putMetadata(object, metadata.toString(), true);
    } catch (CloudServerException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Statuses in the metadata of a version, by site. */
  Map<String, String> statuses(ObjectVersion object) {
    Map<String, String> statuses = new HashMap<>();
    for (JsonNode backend : info(object).path("backends")) {
      statuses.put(backend.path("site").asText(), backend.path("status").asText());
    }
    return statuses;
  }

  /** The overall status in the metadata of a version. */
  String status(ObjectVersion object) {
    return info(object).path("status").asText();
  }

  private JsonNode info(ObjectVersion object) {
    return source
        .metadata(object.bucket(), object.key(), object.versionId())
        .map(CloudServerSite::tree)
        .orElseThrow(() -> new AssertionError("there is no " + object))
        .path("replicationInfo");
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a site has a status of versions. */
  void awaitStatus(LocationName site, String status, List<ObjectVersion> objects) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        objects.stream()
                            .collect(
                                Collectors.toMap(
                                    ObjectVersion::toString,
                                    object -> statuses(object).getOrDefault(site.value(), ""))))
                    .as("statuses at %s; %s", site, outputs())
                    .allSatisfy((object, found) -> assertThat(found).isEqualTo(status)));
  }

  /** Waits until versions are everywhere. */
  void awaitCompleted(List<ObjectVersion> objects) {
    SITES.forEach(site -> awaitStatus(site, "COMPLETED", objects));
    assertThat(objects).allSatisfy(object -> assertThat(status(object)).isEqualTo("COMPLETED"));
  }

  /** What the processes have to say, for a test that fails. */
  String outputs() {
    return processes.stream()
        .map(ServerProcess::output)
        .map(text -> text.length() > 3_000 ? text.substring(text.length() - 3_000) : text)
        .collect(Collectors.joining("\n----\n"));
  }

  @Override
  public void close() {
    processes.forEach(ServerProcess::close);
    s3.close();
    copies.close();
    source.close();
    sydney.close();
  }
}
