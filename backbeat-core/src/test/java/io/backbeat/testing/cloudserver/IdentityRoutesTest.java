package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** Sessions of roles by Vault and by STS, and the attributes of accounts. */
class IdentityRoutesTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/replication";

  private MutableClock clock;
  private CloudServerStandIn standIn;

  @BeforeEach
  void start() {
    clock = new MutableClock(Instant.now());
    standIn = CloudServerStandIn.builder().clock(clock).start();
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  private StsClient sts() {
    return StsClient.builder()
        .endpointOverride(standIn.uri())
        .region(Region.US_EAST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey())))
        .build();
  }

  private S3Client s3(String access, String secret, String token) {
    return S3Client.builder()
        .endpointOverride(standIn.uri())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsSessionCredentials.create(access, secret, token)))
        .build();
  }

  private static void assertRefused(S3Client s3, String code) {
    assertThatThrownBy(s3::listBuckets)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  @Test
  void sts_lends_a_session_that_expires() {
    standIn.sessionsLast(Duration.ofMinutes(5));
    Credentials lent;
    try (StsClient sts = sts()) {
      lent = sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("backbeat-gc")).credentials();
    }
    assertThat(lent.expiration()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    try (S3Client s3 = s3(lent.accessKeyId(), lent.secretAccessKey(), lent.sessionToken());
        S3Client other = s3(lent.accessKeyId(), lent.secretAccessKey(), "other")) {
      assertThat(s3.listBuckets().buckets()).isEmpty();
      assertRefused(other, "InvalidToken");
      clock.advance(Duration.ofMinutes(6));
      assertRefused(s3, "ExpiredToken");
    }
  }

  @Test
  void sts_refuses_a_role_and_a_wrong_signature() {
    standIn.refuseRole(ROLE);
    try (StsClient sts = sts()) {
      assertThatThrownBy(() -> sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("s")))
          .isInstanceOfSatisfying(
              StsException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
      standIn.allowRole(ROLE);
      assertThat(sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("s")).credentials())
          .isNotNull();
      standIn.know(Account.REPLICATION.withKeys(Account.REPLICATION.accessKey(), "changed"));
      assertThatThrownBy(() -> sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("s")))
          .isInstanceOf(StsException.class);
    }
  }

  private HttpResponse<String> vault(String method, String path, String form) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(standIn.uri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String assume(String role) {
    return "Action=AssumeRoleBackbeat&RoleSessionName=s&RoleArn="
        + URLEncoder.encode(role, StandardCharsets.UTF_8);
  }

  @Test
  void vault_lends_sessions_directly_and_through_the_proxy() throws Exception {
    for (String path : new String[] {"/", "/_/backbeat/vault", "/_/backbeat/vault/"}) {
      JsonNode lent = Metadata.parse(vault("POST", path, assume(ROLE)).body()).path("Credentials");
      assertThat(lent.path("Expiration").asLong()).isGreaterThan(clock.millis());
      try (S3Client s3 =
          s3(
              lent.path("AccessKeyId").asText(),
              lent.path("SecretAccessKey").asText(),
              lent.path("SessionToken").asText())) {
        assertThat(s3.listBuckets().buckets()).isEmpty();
        standIn.endSessions();
        assertRefused(s3, "ExpiredToken");
      }
    }
  }

  @Test
  void vault_refuses_roles_and_knows_accounts() throws Exception {
    standIn.refuseRole(ROLE);
    assertThat(vault("POST", "/", assume(ROLE)).statusCode()).isEqualTo(403);
    HttpResponse<String> unknown = vault("POST", "/", assume("arn:aws:iam::999:role/r"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Metadata.parse(unknown.body()).path("code").asText()).isEqualTo("NoSuchEntity");
    JsonNode accounts =
        Metadata.parse(
            vault("GET", "/?Action=AccountsCanonicalIds&accountIds=123456789012", "").body());
    assertThat(accounts.path(0).path("canonicalId").asText()).isEqualTo(Account.USER.canonicalId());
    assertThat(accounts.path(0).path("name").asText()).isEqualTo("Bart");
    assertThat(vault("GET", "/?Action=AccountsCanonicalIds&accountIds=1", "").body())
        .isEqualTo("[]");
  }
}
