package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.BucketIndexes;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.LifecycleListing;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.cloudserver.UploadedPart;
import io.backbeat.replication.ByteRange;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** All routes against the stand-in, which checks signatures, headers and digests. */
@Timeout(60)
class StandInTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/backbeat";
  private static final String CLOUD = "aws-backend-1";
  private static final Backend AWS = new Backend(LocationName.of(CLOUD), "aws_s3");
  private static final String BUCKET = "photos";
  private static final MutableClock CLOCK = new MutableClock(Clock.systemUTC().instant());

  private static CloudServerStandIn server;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    server = CloudServerStandIn.builder().clock(CLOCK).start();
    s3 = S3Clients.of(server.uri(), Account.USER);
    S3Clients.replicatedBucket(s3, BUCKET, CLOUD);
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
  }

  private static CloudServerOptions options(Credentials credentials) {
    return CloudServerOptions.of(
            List.of(new HostAddress("127.0.0.1", server.port())),
            CredentialsProvider.of(credentials))
        .withClock(CLOCK);
  }

  private static CloudServerClient client(SignatureVersion version) {
    return CloudServerClient.open(
        options(Credentials.of(Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))
            .withSignature(version));
  }

  private static ObjectVersion put(String key, String body) {
    String version =
        s3.putObject(
                b -> b.bucket(BUCKET).key(key).contentType("text/plain"),
                RequestBody.fromString(body))
            .versionId();
    return new ObjectVersion(BUCKET, key, version);
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(ObjectBody body) throws IOException {
    try (body) {
      return new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void metadata_and_data_of_any_key_go_both_ways(SignatureVersion version) throws IOException {
    Set<String> orphans = server.orphans();
    try (CloudServerClient client = client(version)) {
      for (String key : List.of("k", "a+b c", "é/ü//%2F", "a/../b", "*'()!~&=?#", "\uD83D\uDE00")) {
        ObjectVersion object = put(key, "0123456789");

        String metadata = client.metadata(object).orElseThrow();
        assertThat(metadata).contains("\"content-length\":10");
        client.putMetadata(object, metadata, true);
        assertThat(text(client.read(object, ReadRange.WHOLE, ""))).isEqualTo("0123456789");
        assertThat(text(client.read(object, new ReadRange.Bytes(new ByteRange(2, 3)), "")))
            .isEqualTo("234");
        DataReceipt data = client.putData(BUCKET, key, md5("data"), "owner", Payloads.of("data"));
        assertThat(data.key()).isNotEmpty();
        assertThat(
                client.batchDelete(
                    BUCKET,
                    key,
                    List.of(new DataLocation(data.key(), data.dataStoreName(), 4, "")),
                    DeleteCondition.NONE))
            .isTrue();
      }
      assertThat(server.orphans()).isEqualTo(orphans);
      assertThat(client.metadata(new ObjectVersion(BUCKET, "none", ""))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_cloud_gets_objects_parts_tags_and_deletions(SignatureVersion version)
      throws CloudServerException {
    try (CloudServerClient client = client(version)) {
      String key = "cloud/" + version;
      ObjectVersion object = put(key, "x");
      ReplicaHeaders headers =
          new ReplicaHeaders(
              object.versionId(),
              Map.of("x-amz-meta-n", "é"),
              "text/plain",
              "no-cache",
              "",
              "",
              Map.of("t", "ü"));
      BackendReceipt one =
          client.putObject(BUCKET, key, AWS, headers, md5("x"), "owner", Payloads.of("x"));
      assertThat(one.versionId()).isNotEmpty();
      assertThat(client.lastModified(BUCKET, key, one.location())).isPresent();
      assertThat(client.putTagging(object, AWS, one.versionId(), Map.of("a", "b")))
          .isEqualTo(one.versionId());
      assertThat(client.deleteTagging(object, AWS, one.versionId())).isEqualTo(one.versionId());

      String upload = client.initiateUpload(BUCKET, key, AWS, headers);
      UploadedPart part = client.putPart(BUCKET, key, AWS, upload, 1, Payloads.of("part"));
      BackendReceipt whole =
          client.completeUpload(BUCKET, key, AWS, upload, List.of(part), headers, false);
      assertThat(whole.location()).contains("\"size\":4");
      assertThat(server.cloud(CLOUD).object(BUCKET, key)).isPresent();
      String abandoned = client.initiateUpload(BUCKET, key, AWS, headers);
      client.abortUpload(BUCKET, key, AWS, abandoned);
      client.abortUpload(BUCKET, key, AWS, abandoned);
      assertThat(server.cloud(CLOUD).openUploads()).isEmpty();
      client.deleteObject(BUCKET, key, AWS);
      assertThat(server.cloud(CLOUD).object(BUCKET, key)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void buckets_tell_their_configuration(SignatureVersion version) throws CloudServerException {
    try (CloudServerClient client = client(version)) {
      assertThat(client.bucketReplication(BUCKET).orElseThrow().covers("k")).isTrue();
      assertThat(client.versioned(BUCKET)).isTrue();
      assertThatThrownBy(() -> client.bucketReplication("none"))
          .isInstanceOfSatisfying(
              CloudServerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
      BucketIndexes.Index index =
          new BucketIndexes.Index("by-date", List.of(new BucketIndexes.Key("a.b", false)));
      client.indexes().add(BUCKET, List.of(index));
      assertThat(client.indexes().list(BUCKET)).contains(index);
      client.indexes().remove(BUCKET, List.of(index));
      assertThat(client.indexes().list(BUCKET)).doesNotContain(index);
    }
  }

  @Test
  void lifecycle_lists_page_by_page_and_expires() throws CloudServerException {
    String prefix = "old/";
    for (int i = 0; i < 3; i++) {
      put(prefix + i, "x");
      put(prefix + i, "y");
    }
    try (CloudServerClient client = client(SignatureVersion.V4)) {
      for (LifecycleListing.Kind kind :
          List.of(LifecycleListing.Kind.CURRENT, LifecycleListing.Kind.NONCURRENT)) {
        LifecycleListing listing =
            new LifecycleListing(
                BUCKET, kind, prefix, Optional.empty(), "", 2, LifecycleListing.Marker.START);
        LifecycleListing.Page first = client.lifecycle().list(listing);
        LifecycleListing.Page second = client.lifecycle().list(listing.next(first).orElseThrow());
        assertThat(first.entries()).extracting("key").containsExactly("old/0", "old/1");
        assertThat(second.entries()).extracting("key").containsExactly("old/2");
        assertThat(second.next()).isEmpty();
      }
      client.lifecycle().expire(new ObjectVersion(BUCKET, prefix + "0", ""));
      assertThat(client.head(new ObjectVersion(BUCKET, prefix + "0", ""))).isEmpty();
      assertThat(client.head(new ObjectVersion(BUCKET, prefix + "1", "")).orElseThrow().length())
          .isEqualTo(1);
    }
  }

  @Test
  void a_wrong_digest_is_told() {
    try (CloudServerClient client = client(SignatureVersion.V4)) {
      assertThatThrownBy(
              () -> client.putData(BUCKET, "k", md5("other"), "owner", Payloads.of("data")))
          .isInstanceOfSatisfying(
              CloudServerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_DIGEST));
      assertThatThrownBy(
              () ->
                  client.initiateUpload(
                      BUCKET, "k", new Backend(LocationName.of("no"), "gcp"), ReplicaHeaders.NONE))
          .isInstanceOfSatisfying(
              CloudServerException.class,
              e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_LOCATION));
    }
  }

  @Test
  void an_answer_that_got_lost_is_asked_for_again_only_where_that_does_no_harm()
      throws CloudServerException {
    ObjectVersion object = put("lost", "x");
    try (CloudServerClient client = client(SignatureVersion.V4)) {
      String metadata = client.metadata(object).orElseThrow();
      server.faults().inject(Fault.on(Route.GET_METADATA).reset(Fault.Reset.ANSWER, 0).times(1));
      assertThat(client.metadata(object)).contains(metadata);
      server.faults().inject(Fault.on(Route.PUT_METADATA).reset(Fault.Reset.ANSWER, 0).times(1));
      long before = server.metadataWrites();
      assertThatThrownBy(() -> client.putMetadata(object, metadata, true))
          .isInstanceOfSatisfying(
              CloudServerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      assertThat(server.metadataWrites() - before).isEqualTo(1);
    } finally {
      server.faults().clear();
    }
  }

  @Test
  void a_copy_whose_source_breaks_off_ends_with_the_error_of_the_source() throws IOException {
    ObjectVersion object = put("broken", "x".repeat(300_000));
    try (CloudServerClient client = client(SignatureVersion.V4)) {
      server
          .faults()
          .inject(Fault.on(Route.GET_OBJECT).reset(Fault.Reset.RESPONSE, 100_000).times(1));
      Payload copied =
          new Payload() {
            @Override
            public long length() {
              return 300_000;
            }

            @Override
            public InputStream open() throws IOException {
              return client.read(object, ReadRange.WHOLE, "").stream();
            }
          };
      assertThatThrownBy(
              () -> client.putData(BUCKET, "copy", md5("x".repeat(300_000)), "owner", copied))
          .isInstanceOfSatisfying(
              CloudServerException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.FAILED);
                assertThat(e).hasMessageStartingWith("GET ");
              });
      assertThat(client.putData(BUCKET, "copy", md5("x".repeat(300_000)), "o", copied).key())
          .isNotEmpty();
    } finally {
      server.faults().clear();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_role_of_vault_is_lent_once_renewed_and_lent_again_when_it_is_refused(
      SignatureVersion version) throws CloudServerException {
    ObjectVersion object = put("role", "x");
    server.sessionsLast(Duration.ofSeconds(65));
    try (Vault vault = Vault.open(options(Credentials.of("a", "b")), Vault.PROXY_PATH);
        CloudServerClient client = client(version)) {
      CloudServerClient role = client.as(vault.role(ROLE, "backbeat-replication"));
      long before = server.requests().count(Route.VAULT_ASSUME_ROLE);
      assertThat(role.metadata(object)).isPresent();
      assertThat(role.metadata(object)).isPresent();
      assertThat(server.requests().count(Route.VAULT_ASSUME_ROLE) - before).isEqualTo(1);
      CLOCK.advance(Duration.ofSeconds(6));
      assertThat(role.metadata(object)).isPresent();
      assertThat(server.requests().count(Route.VAULT_ASSUME_ROLE) - before).isEqualTo(2);
      server.endSessions();
      assertThat(role.metadata(object)).isPresent();
      assertThat(server.requests().count(Route.VAULT_ASSUME_ROLE) - before).isEqualTo(3);
    }
  }

  @Test
  void vault_knows_accounts_and_refuses_roles() throws CloudServerException {
    try (Vault vault = Vault.open(options(Credentials.of("a", "b")), "/")) {
      assertThat(vault.byId(Account.USER.accountId()))
          .isEqualTo(new Accounts.Account(Account.USER.canonicalId(), "Bart"));
      assertThat(vault.accountId(Account.USER.canonicalId())).isEqualTo(Account.USER.accountId());
      assertThatThrownBy(() -> vault.byId("999999999999"))
          .isInstanceOfSatisfying(
              CloudServerException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED);
                assertThat(e.code()).isEqualTo("AccountNotFound");
              });
      String unknown = "arn:aws:iam::999999999999:role/backbeat";
      assertThatThrownBy(() -> vault.role(unknown, "s").credentials())
          .isInstanceOfSatisfying(
              CloudServerException.class, e -> assertThat(e.code()).isEqualTo("NoSuchEntity"));
      server.refuseRole(ROLE + "2");
      assertThatThrownBy(() -> vault.role(ROLE + "2", "s").credentials())
          .isInstanceOfSatisfying(
              CloudServerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED));
    }
  }

  @Test
  void a_role_of_sts_is_lent_per_account() throws CloudServerException {
    ObjectVersion object = put("sts", "x");
    try (StsRoles roles =
            StsRoles.open(
                new StsRoles.Options(
                    server.uri(),
                    Credentials.of(
                        Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()),
                    "scality-internal/lifecycle",
                    "lifecycle",
                    "us-east-1",
                    CLOCK));
        CloudServerClient client = client(SignatureVersion.V4)) {
      CredentialsProvider account = roles.account(Account.USER.accountId());
      assertThat(roles.account(Account.USER.accountId())).isSameAs(account);
      assertThat(client.as(account).metadata(object)).isPresent();
      assertThatThrownBy(() -> roles.account("999999999999").credentials())
          .isInstanceOfSatisfying(
              CloudServerException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED);
                assertThat(e.code()).isEqualTo("NoSuchEntity");
              });
    }
  }
}
