package io.backbeat.cloudserver.replicas;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.replication.UploadStore;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.S3Clients;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A source and a destination CloudServer, and clients of both. */
final class ServerPair implements AutoCloseable {
  static final LocationName PARIS = LocationName.of("paris");
  static final String ROLES =
      "arn:aws:iam::123456789012:role/source,arn:aws:iam::210987654321:role/destination";
  private static final AtomicInteger NAMES = new AtomicInteger();

  final CloudServerStandIn source =
      CloudServerStandIn.builder()
          .location("us-east-1", Location.Type.LOCAL)
          .location("paris", Location.Type.SCALITY)
          .start();
  final CloudServerStandIn destination = CloudServerStandIn.start();
  final S3Client sourceS3 = S3Clients.of(source.uri(), Account.USER);
  final S3Client destinationS3 = S3Clients.of(destination.uri(), Account.USER);
  final CloudServer from = client(source);
  final CloudServer to = client(destination);
  final ExecutorService threads = Executors.newCachedThreadPool();
  final AtomicInteger accountsAsked = new AtomicInteger();

  /** Something that happens between two requests. */
  @FunctionalInterface
  interface Event {
    void happens() throws CloudServerException;
  }

  static CloudServer client(CloudServerStandIn server) {
    return CloudServerClient.open(
        CloudServerOptions.of(
            List.of(HostAddress.parse("127.0.0.1:" + server.port())),
            CredentialsProvider.of(
                Credentials.of(Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))));
  }

  /** The same server; something happens before each call of a method. */
  static CloudServer before(CloudServer real, String name, Event event) {
    return (CloudServer)
        Proxy.newProxyInstance(
            CloudServer.class.getClassLoader(),
            new Class<?>[] {CloudServer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(name)) {
                event.happens();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  CloudServerReplicationHandler handler(UploadStore uploads) {
    return handler(to, uploads);
  }

  CloudServerReplicationHandler handler(CloudServer server, UploadStore uploads) {
    return handler(server, uploads, Clock.systemUTC());
  }

  CloudServerReplicationHandler handler(CloudServer server, UploadStore uploads, Clock clock) {
    Accounts accounts =
        id -> {
          accountsAsked.incrementAndGet();
          return new Accounts.Account("canonical-" + id, "Owner of " + id);
        };
    return new CloudServerReplicationHandler(
        CloudServers.always(from),
        Map.of(PARIS, ScalityDestination.of(server, accounts)),
        uploads,
        threads,
        CopySettings.DEFAULT,
        clock);
  }

  /** A new bucket on both sides; returns its name. */
  String bucket(String roles) {
    String name = "bucket-" + NAMES.incrementAndGet();
    S3Clients.replicatedBucket(sourceS3, name, roles, name + "-copy", "paris");
    destinationS3.createBucket(b -> b.bucket(name + "-copy"));
    destinationS3.putBucketVersioning(
        b ->
            b.bucket(name + "-copy")
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    return name;
  }

  ObjectVersion put(String bucket, String key, byte[] bytes) {
    String id =
        sourceS3
            .putObject(
                b ->
                    b.bucket(bucket).key(key).metadata(Map.of("color", "red")).tagging("project=x"),
                RequestBody.fromBytes(bytes))
            .versionId();
    return new ObjectVersion(bucket, key, id);
  }

  /** What a large object is made of. */
  static byte[][] parts() {
    Random random = new Random(1);
    byte[][] parts = {new byte[5 << 20], new byte[5 << 20], new byte[1000]};
    for (byte[] part : parts) {
      random.nextBytes(part);
    }
    return parts;
  }

  static byte[] joined(byte[][] parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  ObjectVersion upload(String bucket, String key, byte[][] parts) {
    String version = S3Clients.putInParts(sourceS3, bucket, key, Map.of(), List.of(parts));
    return new ObjectVersion(bucket, key, version);
  }

  Job job(ObjectVersion object) {
    String metadata =
        source.metadata(object.bucket(), object.key(), object.versionId()).orElseThrow();
    return job(object, metadata);
  }

  static Job job(ObjectVersion object, String metadata) {
    ObjectMetadata read = ObjectMetadata.parse(metadata);
    return new Job(
        new JobKey(JobType.REPLICATION, object, PARIS),
        read.revision(),
        read.contentLength(),
        0,
        Jobs.CREATED,
        metadata);
  }

  String replica(ObjectVersion object) {
    return destination
        .metadata(object.bucket() + "-copy", object.key(), object.versionId())
        .orElseThrow();
  }

  byte[] replicaBytes(ObjectVersion object) {
    return destinationS3
        .getObjectAsBytes(
            b ->
                b.bucket(object.bucket() + "-copy").key(object.key()).versionId(object.versionId()))
        .asByteArray();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    sourceS3.close();
    destinationS3.close();
    from.close();
    to.close();
    source.close();
    destination.close();
  }
}
