package io.backbeat.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {
  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "404, NoSuchKey, GONE",
    "404, '', GONE",
    "404, NoSuchBucket, UNREACHABLE",
    "403, AccessDenied, ACCESS_DENIED",
    "403, InvalidAccessKeyId, ACCESS_DENIED",
    "401, '', ACCESS_DENIED",
    "412, PreconditionFailed, CHANGED",
    "400, BadDigest, CHECKSUM_MISMATCH",
    "400, KeyTooLongError, INVALID_KEY",
    "400, RequestTimeout, IO",
    "400, EntityTooLarge, REFUSED",
    "405, MethodNotAllowed, REFUSED",
    "409, OperationAborted, IO",
    "429, '', UNREACHABLE",
    "500, InternalError, IO",
    "503, SlowDown, UNREACHABLE",
    "503, '', UNREACHABLE",
    "507, '', NO_SPACE",
  })
  void an_answer_is_understood(int status, String code, Kind expected) {
    assertThat(S3Errors.kind(status, code)).isEqualTo(expected);
  }

  @Test
  void when_to_come_back_is_taken_from_the_answer() {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode("SlowDown")
            .sdkHttpResponse(
                SdkHttpResponse.builder().statusCode(503).putHeader("Retry-After", "7").build())
            .build();

    ObjectStoreException error =
        S3Errors.of(
            "doing", S3Exception.builder().statusCode(503).awsErrorDetails(details).build());

    assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void without_an_answer_the_cause_counts() {
    assertThat(kind(new ConnectException("refused"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(kind(new UnknownHostException("x"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(kind(new SocketTimeoutException("Connect timed out"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(kind(new SocketTimeoutException("Read timed out"))).isEqualTo(Kind.IO);
    assertThat(kind(new UncheckedIOException(new ObjectStoreException(Kind.CHANGED, "source"))))
        .isEqualTo(Kind.CHANGED);
  }

  private static Kind kind(Throwable cause) {
    return S3Errors.of("doing", SdkClientException.create("failed", cause)).kind();
  }
}
