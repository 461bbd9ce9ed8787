package io.backbeat.server.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.log.MetadataSource;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.server.config.ObjectServerConfig;
import io.backbeat.server.config.Secret;
import io.backbeat.server.config.ServerAddress;
import io.backbeat.server.config.ServerAuth;
import io.backbeat.server.config.SiteTarget;
import io.backbeat.server.profile.ProfileException;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Each kind of credentials of a configuration, at a server that checks signatures. */
class ObjectServersTest {
  private static final String BUCKET = "photos";
  private static final String ROLE = "arn:aws:iam::123456789012:role/s3-replication-role";
  private static final LocationName AWS = LocationName.of("aws-backend-1");
  private static final ServerAuth.Keys KEYS =
      new ServerAuth.Keys(
          Account.REPLICATION.accessKey(), new Secret(Account.REPLICATION.secretKey()));

  private static CloudServerStandIn server;
  private static ObjectVersion object;
  @TempDir private Path temp;

  @BeforeAll
  static void startServer() {
    server = CloudServerStandIn.start();
    try (S3Client s3 = S3Clients.of(server.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, BUCKET, ROLE, BUCKET, AWS.value());
      object =
          new ObjectVersion(
              BUCKET,
              "k",
              s3.putObject(r -> r.bucket(BUCKET).key("k"), RequestBody.fromString("x"))
                  .versionId());
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void a_key_pair_signs_in_both_ways() {
    for (boolean signatureV2 : List.of(true, false)) {
      try (ObjectServers servers = open(KEYS, signatureV2)) {
        assertThat(servers.metadata(object -> Optional.empty()).find(object)).isPresent();
        assertThat(servers.replication()).containsOnlyKeys(AWS);
        assertThat(servers.transitionTargets()).containsExactly(AWS);
        assertThat(servers.actsInRoles()).isFalse();
      }
    }
  }

  @Test
  void an_account_signs_with_its_keys_of_the_file() throws IOException {
    Path file = accounts("service-replication");

    try (ObjectServers servers = open(new ServerAuth.Account("service-replication", file), false)) {
      assertThat(servers.metadata(object -> Optional.empty()).find(object)).isPresent();
    }
  }

  @Test
  void an_account_that_the_file_does_not_have_is_told_at_the_start() throws IOException {
    Path file = accounts("service-other");

    assertThatThrownBy(() -> open(new ServerAuth.Account("service-replication", file), false))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("service-replication")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("service-other");
  }

  @Test
  void keys_that_the_server_does_not_know_are_an_error_and_not_an_object_that_is_gone() {
    ServerAuth.Keys strange = new ServerAuth.Keys("strange", new Secret("secret"));

    try (ObjectServers servers = open(strange, false)) {
      MetadataSource metadata = servers.metadata(object -> Optional.empty());

      assertThatThrownBy(() -> metadata.find(object))
          .isInstanceOf(BackbeatException.class)
          .hasMessageContaining("k");
    }
  }

  @Test
  void health_tells_whether_the_source_answers_and_knows_us() {
    ServerAuth.Keys strange = new ServerAuth.Keys("strange", new Secret("secret"));

    try (ObjectServers known = open(KEYS, false);
        ObjectServers unknown = open(strange, false)) {
      assertThat(known.probe().orElseThrow().check().get().state())
          .isEqualTo(ComponentHealth.State.OK);
      assertThat(unknown.probe().orElseThrow().check().get())
          .satisfies(
              health -> {
                assertThat(health.state()).isEqualTo(ComponentHealth.State.DEGRADED);
                assertThat(health.detail()).isNotEmpty();
              });
    }
  }

  @Test
  void a_role_is_that_of_the_object_and_is_lent_by_vault_once() {
    ServerAuth.Role role = new ServerAuth.Role(Optional.of(address()), Optional.empty());
    long before = server.requests().count(Route.VAULT_ASSUME_ROLE);

    try (ObjectServers servers = open(role, false)) {
      MetadataSource metadata =
          servers.metadata(
              known -> server.metadata(known.bucket(), known.key(), known.versionId()));

      assertThat(metadata.find(object)).isPresent();
      assertThat(metadata.find(object)).isPresent();
      assertThat(servers.actsInRoles()).isTrue();
    }
    assertThat(server.requests().count(Route.VAULT_ASSUME_ROLE)).isEqualTo(before + 1);
  }

  @Test
  void without_a_role_nobody_signs_where_only_roles_are_configured() {
    ServerAuth.Role role = new ServerAuth.Role(Optional.empty(), Optional.empty());

    try (ObjectServers servers = open(role, false)) {
      MetadataSource gone = servers.metadata(unknown -> Optional.empty());
      MetadataSource metadata = servers.metadata(unknown -> Optional.of("{}"));

      assertThat(gone.find(object)).isEmpty();
      assertThatThrownBy(() -> metadata.find(object))
          .isInstanceOf(BackbeatException.class)
          .hasMessageContaining("only roles are configured");
    }
  }

  @Test
  void a_role_of_each_account_is_lent_by_sts() throws CloudServerException {
    ServerAuth.AssumedRole assumed =
        new ServerAuth.AssumedRole("s3-replication-role", address(), KEYS, Optional.of(address()));

    try (SignedServer signed =
        SignedServer.open(
            CloudServerOptions.of(
                List.of(HostAddress.parse("127.0.0.1:" + server.port())),
                CredentialsProvider.of(Credentials.of("a", "s"))),
            assumed,
            "gc")) {
      assertThat(signed.byAccount().as("123456789012").metadata(object)).isPresent();
      assertThat(signed.byRole().as(ROLE).metadata(object)).isPresent();
      assertThat(signed.accountIds().orElseThrow().accountId(Account.USER.canonicalId()))
          .isEqualTo("123456789012");
      assertThatThrownBy(() -> signed.byAccount().as("999999999999").metadata(object))
          .isInstanceOf(CloudServerException.class);
    }
  }

  @Test
  void a_site_that_is_another_cloudserver_has_a_handler_if_somebody_may_write_there() {
    Map<LocationName, SiteTarget> sites =
        Map.of(LocationName.of("sydney"), new SiteTarget.Servers(List.of(address())));

    try (ObjectServers with = open(KEYS, Optional.of(KEYS), sites, false);
        ObjectServers without = open(KEYS, Optional.empty(), sites, false)) {
      assertThat(with.replication()).containsOnlyKeys(LocationName.of("sydney"));
      assertThat(without.replication()).isEmpty();
    }
  }

  private Path accounts(String name) throws IOException {
    return Files.writeString(
        temp.resolve("authdata.json"),
        """
        {"accounts": [{"name": "%s", "arn": "arn:aws:iam::000000000000:root", "canonicalID": "c",
          "keys": {"access": "%s", "secret": "%s"}}]}
        """
            .formatted(name, Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()));
  }

  private static ServerAddress address() {
    return new ServerAddress("127.0.0.1", server.port());
  }

  private static ObjectServers open(ServerAuth auth, boolean signatureV2) {
    return open(auth, Optional.of(auth), Map.of(AWS, new SiteTarget.Cloud("aws_s3")), signatureV2);
  }

  private static ObjectServers open(
      ServerAuth auth,
      Optional<ServerAuth> destination,
      Map<LocationName, SiteTarget> sites,
      boolean signatureV2) {
    return ObjectServers.open(
        new ObjectServerConfig(
            server.uri(),
            auth,
            false,
            destination,
            auth,
            sites,
            signatureV2,
            new ObjectServerConfig.Uploads(20_000_000, 10),
            ObjectServerConfig.StatusWriter.CLOUDSERVER,
            Duration.ZERO),
        new InMemoryStores().uploads(),
        Clock.systemUTC());
  }
}
