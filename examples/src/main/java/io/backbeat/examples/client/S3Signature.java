package io.backbeat.examples.client;

import io.backbeat.client.RequestSigner;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests as S3 does, so that they can go through CloudServer: any account or user that it
 * knows may ask. Needs {@code software.amazon.awssdk:http-auth-aws}. Thread-safe.
 */
public final class S3Signature implements RequestSigner {
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsCredentialsIdentity credentials;
  private final String region;

  /** Signs with a key pair for a region. */
  public S3Signature(String accessKeyId, String secretAccessKey, String region) {
    this.credentials = AwsCredentialsIdentity.create(accessKeyId, secretAccessKey);
    this.region = region;
  }

  // begin: sign
  @Override
  public Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, byte[] body) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    if (headers.containsKey("Content-Type")) {
      request.putHeader("Content-Type", headers.get("Content-Type"));
    }
    SignedRequest signed =
        signer.sign(
            to ->
                to.identity(credentials)
                    .request(request.build())
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    // What is encoded is signed as it is.
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    Map<String, String> added = new LinkedHashMap<>();
    signed.request().forEachHeader((name, values) -> added.put(name, String.join(",", values)));
    return added;
  }
  // end: sign
}
