package io.backbeat.s3;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the SDK. */
final class S3Clients {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(2);

  private S3Clients() {}

  static S3Client create(S3Options options) {
    S3ClientBuilder builder = builder(options.credentials()).forcePathStyle(options.pathStyle());
    options.endpoint().ifPresent(builder::endpointOverride);
    options.region().map(Region::of).ifPresent(builder::region);
    return builder.build();
  }

  /** For requests about buckets, whose bodies an old server wants to come with Content-MD5. */
  static S3Client create(S3Endpoint endpoint) {
    return builder(Optional.of(endpoint.credentials()))
        .forcePathStyle(true)
        .endpointOverride(endpoint.uri())
        .region(Region.of(endpoint.region()))
        .addPlugin(LegacyMd5Plugin.create())
        .build();
  }

  private static S3ClientBuilder builder(Optional<S3Credentials> credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_LIMIT)
                    .socketTimeout(SILENCE_LIMIT))
            // We send Content-MD5; checksums behind the body are unknown to many servers.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    credentials
        .map(pair -> AwsBasicCredentials.create(pair.accessKeyId(), pair.secretAccessKey()))
        .map(StaticCredentialsProvider::create)
        .ifPresent(builder::credentialsProvider);
    return builder;
  }
}
