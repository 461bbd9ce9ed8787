package io.backbeat.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3OptionsTest {
  @Test
  void everything_can_be_said() {
    S3Options options =
        S3Options.parse(
            "s3://bucket/a/prefix?endpoint=http://127.0.0.1:9090&region=eu-west-3&pathStyle=false");

    assertThat(options.bucket()).isEqualTo("bucket");
    assertThat(options.prefix()).isEqualTo("a/prefix/");
    assertThat(options.endpoint()).contains(URI.create("http://127.0.0.1:9090"));
    assertThat(options.region()).contains("eu-west-3");
    assertThat(options.pathStyle()).isFalse();
    assertThat(options.multipartThreshold()).isEqualTo(20_000_000);
  }

  @Test
  void a_bucket_is_enough() {
    S3Options options = S3Options.parse("s3://bucket");

    assertThat(options.prefix()).isEmpty();
    assertThat(options.endpoint()).isEmpty();
    assertThat(options.region()).isEmpty();
    assertThat(options.pathStyle()).isFalse();
    assertThat(S3Options.parse("s3://bucket/")).isEqualTo(options);
  }

  @Test
  void an_endpoint_of_ones_own_wants_the_path_style_and_any_region() {
    S3Options options = S3Options.parse("s3://bucket?endpoint=https://s3.example.com");

    assertThat(options.pathStyle()).isTrue();
    assertThat(options.region()).contains("us-east-1");
  }

  @Test
  void values_are_percent_decoded_and_a_plus_in_a_prefix_is_a_plus() {
    assertThat(S3Options.parse("s3://bucket/a%20b+c/d").prefix()).isEqualTo("a b+c/d/");
    assertThat(S3Options.parse("s3://bucket?endpoint=http%3A%2F%2Fhost%3A1").endpoint())
        .contains(URI.create("http://host:1"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://bucket, must begin with s3://",
    "s3://, must name a bucket",
    "s3:///prefix, must name a bucket",
    "s3://b, must name a bucket",
    "s3://bucket?endpiont=http://x, endpiont",
    "s3://bucket?endpoint=, no value for endpoint",
    "s3://bucket?endpoint=127.0.0.1:9090, must be like http://host:port",
    "s3://bucket?endpoint=ftp://x, must be like http://host:port",
    "s3://bucket?pathStyle=yes, must be true or false",
    "s3://bucket?region=a&region=b, twice",
  })
  void what_is_wrong_is_named(String uri, String message) {
    assertThatThrownBy(() -> S3Options.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(uri)
        .hasMessageContaining(message);
  }

  @Test
  void secrets_are_not_shown() {
    assertThat(
            S3Options.parse("s3://bucket")
                .withCredentials(new S3Credentials("id", "hush"))
                .toString())
        .contains("id")
        .doesNotContain("hush");
  }
}
