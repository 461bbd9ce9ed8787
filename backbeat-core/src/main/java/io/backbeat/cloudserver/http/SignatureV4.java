package io.backbeat.cloudserver.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signature version 4 for the service {@code s3}, made by the AWS SDK. All headers are signed;
 * CloudServer insists on {@code host} and all of {@code x-amz-*} and {@code x-scal-*}.
 */
final class SignatureV4 implements Signer {
  private static final String SERVICE = "s3";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final String region;

  SignatureV4(String region) {
    this.region = region;
  }

  @Override
  public Map<String, String> sign(Unsigned request, Credentials credentials, Instant now) {
    SdkHttpRequest plain = request(request);
    SignedRequest signed =
        signer.sign(
            sign -> {
              sign.identity(identity(credentials))
                  .request(plain)
                  .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                  .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                  .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                  .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC));
              if (request.body() instanceof Body.Small small) {
                sign.payload(ContentStreamProvider.fromByteArray(small.bytes()));
              } else {
                sign.putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false);
              }
            });
    Map<String, String> added = new LinkedHashMap<>();
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host") && !plain.headers().containsKey(name)) {
                added.put(name, String.join(",", values));
              }
            });
    return added;
  }

  /**
   * Always as if by HTTPS: the SDK would hash the body of whatever goes over HTTP, and so read it
   * twice. The scheme shows in the signature only by the port, which is left out when it is the
   * usual one.
   */
  private static SdkHttpRequest request(Unsigned request) {
    boolean usual = request.host().port() == (request.tls() ? HTTPS_PORT : HTTP_PORT);
    SdkHttpRequest.Builder plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol("https")
            .host(request.host().host())
            .port(usual ? HTTPS_PORT : request.host().port())
            .encodedPath(request.path());
    request.query().forEach(p -> plain.putRawQueryParameter(p.name(), List.of(p.value())));
    request.headers().forEach(plain::putHeader);
    return plain.build();
  }

  private static AwsCredentialsIdentity identity(Credentials credentials) {
    return credentials
        .sessionToken()
        .<AwsCredentialsIdentity>map(
            token ->
                AwsSessionCredentialsIdentity.create(
                    credentials.accessKey(), credentials.secretKey(), token))
        .orElseGet(
            () -> AwsCredentialsIdentity.create(credentials.accessKey(), credentials.secretKey()));
  }
}
