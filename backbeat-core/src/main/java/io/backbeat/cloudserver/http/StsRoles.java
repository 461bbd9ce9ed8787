package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * Lends the credentials of one role in each account, by AssumeRole of STS: {@code
 * arn:aws:iam::<account>:role/<role>}. Thread-safe; accounts are remembered for good.
 */
public final class StsRoles implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final StsClient sts;
  private final Options options;
  private final Map<String, CredentialsProvider> accounts = new ConcurrentHashMap<>();

  private StsRoles(StsClient sts, Options options) {
    this.sts = sts;
    this.options = options;
  }

  /**
   * Where STS is and what to ask of it.
   *
   * @param endpoint such as {@code http://127.0.0.1:8800}
   * @param credentials that may assume the roles
   * @param roleName with its path, such as {@code scality-internal/replication}
   * @param extension what the sessions are for; they are named {@code backbeat-<extension>}
   * @param region of the signatures
   */
  public record Options(
      URI endpoint,
      Credentials credentials,
      String roleName,
      String extension,
      String region,
      Clock clock) {
    /** Checks that nothing is null. */
    public Options {
      Objects.requireNonNull(endpoint, "endpoint");
      Objects.requireNonNull(credentials, "credentials");
      Objects.requireNonNull(roleName, "roleName");
      Objects.requireNonNull(extension, "extension");
      Objects.requireNonNull(region, "region");
      Objects.requireNonNull(clock, "clock");
    }
  }

  /**
   * Opens a client. Does not connect yet.
   *
   * @throws IllegalStateException if the AWS SDK is not on the class path; names what to add
   */
  public static StsRoles open(Options options) {
    Needed.require("software.amazon.awssdk.services.sts.StsClient", "sts");
    Needed.require(
        "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient",
        "url-connection-client");
    Credentials own = options.credentials();
    StsClient sts =
        StsClient.builder()
            .endpointOverride(options.endpoint())
            .region(Region.of(options.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(own.accessKey(), own.secretKey())))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                c -> c.apiCallTimeout(TIMEOUT).retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    return new StsRoles(sts, options);
  }

  /**
   * The credentials of the role in an account, always the same provider for it. They are lent when
   * first asked for, and renewed 60 s before they expire.
   */
  public CredentialsProvider account(String accountId) {
    return accounts.computeIfAbsent(
        accountId,
        id -> {
          String arn = "arn:aws:iam::" + id + ":role/" + options.roleName();
          return new RenewedSession(arn, () -> assume(arn), options.clock());
        });
  }

  private Session assume(String arn) throws CloudServerException {
    try {
      AssumeRoleResponse lent =
          sts.assumeRole(r -> r.roleArn(arn).roleSessionName("backbeat-" + options.extension()));
      return session(lent);
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      throw new CloudServerException(
          ErrorKinds.of(e.statusCode(), code),
          code,
          e.statusCode(),
          "AssumeRole of " + arn + " at " + options.endpoint() + ": " + e.getMessage(),
          null,
          e);
    } catch (AbortedException e) {
      throw Errors.interrupted("AssumeRole of " + arn);
    } catch (SdkException e) {
      throw Errors.of(
          CloudServerException.Kind.UNAVAILABLE,
          Errors.NETWORK,
          "AssumeRole of "
              + arn
              + ": "
              + options.endpoint()
              + " does not answer: "
              + e.getMessage(),
          e);
    }
  }

  private static Session session(AssumeRoleResponse lent) {
    var credentials = lent.credentials();
    Instant expiration = credentials.expiration();
    return new Session(
        new Credentials(
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            Optional.ofNullable(credentials.sessionToken())),
        expiration);
  }

  /** Releases the connections. Idempotent. */
  @Override
  public void close() {
    sts.close();
  }
}
