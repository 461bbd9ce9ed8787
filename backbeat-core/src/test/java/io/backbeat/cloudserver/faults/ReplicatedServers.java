package io.backbeat.cloudserver.faults;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.log.MetadataJournal;
import io.backbeat.store.Stores;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.S3Clients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Tag;

/** A CloudServer with three clouds behind it, another one, and clients of both. */
final class ReplicatedServers implements AutoCloseable {
  static final LocationName AWS = LocationName.of("aws-one");
  static final LocationName AZURE = LocationName.of("azure-two");
  static final LocationName GCP = LocationName.of("gcp-three");
  static final LocationName PARIS = LocationName.of("paris");
  static final List<LocationName> EVERYWHERE = List.of(AWS, AZURE, GCP, PARIS);
  static final Map<LocationName, Backend> CLOUDS =
      Map.of(
          AWS, new Backend(AWS, "aws_s3"),
          AZURE, new Backend(AZURE, "azure"),
          GCP, new Backend(GCP, "gcp"));
  static final Account STATUSES = Account.service("statuses", "statusKey1", "statusSecretKey1");
  private static final String ROLES =
      "arn:aws:iam::123456789012:role/source,arn:aws:iam::210987654321:role/destination";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final AtomicReference<MetadataJournal> journal = new AtomicReference<>();
  final CloudServerStandIn source;
  final CloudServerStandIn destination;
  final S3Client s3;
  final S3Client copies;
  final CloudServer from;
  final CloudServer statuses;
  final CloudServer to;

  /** Both keep data in a directory. */
  ReplicatedServers(Path directory) {
    source =
        CloudServerStandIn.builder()
            .account(Account.USER)
            .account(Account.REPLICATION)
            .account(STATUSES)
            .location("us-east-1", Location.Type.LOCAL)
            .location(AWS.value(), Location.Type.AWS_S3)
            .location(AZURE.value(), Location.Type.AZURE)
            .location(GCP.value(), Location.Type.GCP)
            .location(PARIS.value(), Location.Type.SCALITY)
            .dataIn(directory)
            .feed(currentJournal())
            .start();
    destination = CloudServerStandIn.builder().dataIn(directory).start();
    s3 = S3Clients.of(source.uri(), Account.USER);
    copies = S3Clients.of(destination.uri(), Account.USER);
    from = client(source, Account.REPLICATION);
    statuses = client(source, STATUSES);
    to = client(destination, Account.REPLICATION);
  }

  private static CloudServer client(CloudServerStandIn server, Account account) {
    return CloudServerClient.open(
        CloudServerOptions.of(
            List.of(HostAddress.parse("127.0.0.1:" + server.port())),
            CredentialsProvider.of(Credentials.of(account.accessKey(), account.secretKey()))));
  }

  private MetadataJournal currentJournal() {
    return (MetadataJournal)
        Proxy.newProxyInstance(
            MetadataJournal.class.getClassLoader(),
            new Class<?>[] {MetadataJournal.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(journal.get(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** What clients write from now on is told to these stores. */
  void feed(Stores stores) {
    journal.set(stores.journal());
  }

  /** A new bucket whose objects go to locations, and one for them at the other server. */
  String bucket(List<LocationName> sites) {
    String name = "bucket-" + NAMES.incrementAndGet();
    S3Clients.replicatedBucket(
        s3,
        name,
        ROLES,
        copiesOf(name),
        String.join(",", sites.stream().map(LocationName::value).toList()));
    copies.createBucket(b -> b.bucket(copiesOf(name)));
    copies.putBucketVersioning(
        b ->
            b.bucket(copiesOf(name))
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    return name;
  }

  static String copiesOf(String bucket) {
    return bucket + "-copy";
  }

  ObjectVersion put(String bucket, String key, byte[] bytes) {
    String id =
        s3.putObject(
                b ->
                    b.bucket(bucket).key(key).metadata(Map.of("color", "red")).tagging("project=x"),
                RequestBody.fromBytes(bytes))
            .versionId();
    return new ObjectVersion(bucket, key, id);
  }

  /** Uploads it in parts of 8 MiB; with the same metadata. */
  ObjectVersion putInParts(String bucket, String key, byte[] bytes) {
    List<byte[]> parts = S3Clients.cut(bytes, 8 << 20);
    Map<String, String> metadata = Map.of("color", "red");
    String id = S3Clients.putInParts(s3, bucket, key, metadata, parts);
    return new ObjectVersion(bucket, key, id);
  }

  void tag(ObjectVersion object, String value) {
    s3.putObjectTagging(
        b ->
            b.bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .tagging(t -> t.tagSet(Tag.builder().key("project").value(value).build())));
  }

  /** Puts a delete marker. */
  ObjectVersion delete(ObjectVersion object) {
    String id = s3.deleteObject(b -> b.bucket(object.bucket()).key(object.key())).versionId();
    return new ObjectVersion(object.bucket(), object.key(), id);
  }

  void deleteVersion(ObjectVersion object) {
    s3.deleteObject(b -> b.bucket(object.bucket()).key(object.key()).versionId(object.versionId()));
  }

  /** Nothing goes wrong any more. */
  void mend() {
    source.faults().clear();
    destination.faults().clear();
    source.know(Account.REPLICATION);
    source.know(STATUSES);
    destination.know(Account.REPLICATION);
    source.resume();
    destination.resume();
  }

  @Override
  public void close() {
    s3.close();
    copies.close();
    from.close();
    statuses.close();
    to.close();
    source.close();
    destination.close();
  }
}
