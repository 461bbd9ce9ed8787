package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.testing.Metadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Sends requests to internal routes, signed as one account, with V2 or V4. */
final class SignedRequests {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final Account account;
  private final boolean v4;

  private SignedRequests(URI server, Account account, boolean v4) {
    this.server = server;
    this.account = account;
    this.v4 = v4;
  }

  static SignedRequests v2(URI server, Account account) {
    return new SignedRequests(server, account, false);
  }

  static SignedRequests v4(URI server, Account account) {
    return new SignedRequests(server, account, true);
  }

  /** An answer. */
  record Answer(int status, String body, Map<String, List<String>> headers) {
    JsonNode json() {
      return Metadata.parse(body);
    }

    String code() {
      return json().path("code").asText();
    }
  }

  Answer get(String path) {
    return send("GET", path, Map.of(), "");
  }

  Answer send(String method, String path, Map<String, String> headers, String body) {
    try {
      return trySend(method, path, headers, body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer trySend(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    Map<String, String> all =
        v4 ? signedV4(method, path, headers, body) : signedV2(method, path, headers);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    all.forEach(request::header);
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers().map());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Map<String, String> signedV4(
      String method, String path, Map<String, String> headers, byte[] body) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().uri(server.resolve(path)).method(SdkHttpMethod.fromValue(method));
    headers.forEach(request::putHeader);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(AwsBasicCredentials.create(account.accessKey(), account.secretKey()))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
            .request();
    Map<String, String> all = new HashMap<>();
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                all.put(name, values.get(0));
              }
            });
    return all;
  }

  private Map<String, String> signedV2(String method, String path, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put(
        "x-amz-date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    StringBuilder text = new StringBuilder(method).append('\n');
    text.append(all.getOrDefault("content-md5", "")).append('\n');
    text.append(all.getOrDefault("content-type", "")).append("\n\n");
    all.forEach(
        (name, value) -> {
          if (name.startsWith("x-amz-")) {
            text.append(name).append(':').append(value).append('\n');
          }
        });
    int question = path.indexOf('?');
    text.append(question < 0 ? path : path.substring(0, question));
    if (question >= 0 && path.substring(question).matches("\\?(versionId=.*|replication)")) {
      text.append(path.substring(question));
    }
    byte[] signature =
        Digests.hmac("HmacSHA1", account.secretKey().getBytes(UTF_8), text.toString());
    all.put(
        "Authorization",
        "AWS " + account.accessKey() + ':' + Base64.getEncoder().encodeToString(signature));
    return all;
  }
}
