package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.FailedPage;
import io.backbeat.api.ObjectVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailedBodyTest extends RestTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "dir/k", "3938");
  private static final String MALFORMED = "The body of your POST request is not well-formed";

  @Test
  void empty_list_has_no_marker() {
    assertThat(get("/_/crr/failed?sitename=paris").body())
        .isEqualTo("{\"IsTruncated\":false,\"Versions\":[]}");
    assertThat(backbeat.calls).containsExactly("list paris 0 100");
  }

  @Test
  void list_without_location_is_empty_and_asks_nobody() {
    assertThat(get("/_/crr/failed").body()).isEqualTo("{\"IsTruncated\":false,\"Versions\":[]}");
    assertThat(get("/_/crr/failed?sitename=a:b").body()).contains("\"Versions\":[]");
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void truncated_list_ends_with_its_marker_as_a_number() {
    backbeat.page =
        new FailedPage(
            List.of(
                FakeBackbeat.failure(OBJECT),
                FakeBackbeat.failure(ObjectVersion.unversioned("b", "plain"))),
            OptionalLong.of(1538600400123L));

    assertThat(get("/_/crr/failed?sitename=paris&marker=77").body())
        .isEqualTo(
            "{\"IsTruncated\":true,\"Versions\":["
                + "{\"Bucket\":\"b\",\"Key\":\"dir/k\",\"VersionId\":\"3938\","
                + "\"StorageClass\":\"paris\",\"Size\":1,"
                + "\"LastModified\":\"2018-03-30T22:22:34.384Z\"},"
                + "{\"Bucket\":\"b\",\"Key\":\"plain\","
                + "\"StorageClass\":\"paris\",\"Size\":1,"
                + "\"LastModified\":\"2018-03-30T22:22:34.384Z\"}],"
                + "\"NextMarker\":1538600400123}");
    assertThat(backbeat.calls).containsExactly("list paris 77 100");
  }

  @Test
  void long_page_still_announces_its_length() {
    backbeat.page =
        new FailedPage(
            IntStream.range(0, 100)
                .mapToObj(i -> FakeBackbeat.failure(new ObjectVersion("b", "é" + i, "v")))
                .toList(),
            OptionalLong.empty());

    HttpResponse<String> response = get("/_/crr/failed?sitename=paris");

    assertThat(response.body().length()).isGreaterThan(8192);
    assertThat(response.headers().firstValueAsLong("content-length"))
        .hasValue(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
  }

  @Test
  void failures_of_a_version_are_never_truncated() {
    backbeat.found = List.of(FakeBackbeat.failure(OBJECT));

    assertThat(get("/_/crr/failed/b/dir/k?versionId=3938").body())
        .startsWith("{\"IsTruncated\":false,\"Versions\":[{\"Bucket\":\"b\",\"Key\":\"dir/k\"");
    assertThat(backbeat.calls).containsExactly("find b/dir/k?versionId=3938");
  }

  @ParameterizedTest
  @CsvSource({
    "marker=12abc, 12",
    "marker=%2012, 12",
    "marker=1.5e12, 1",
    "marker=5&marker=x, 5",
    "marker=1e3, 1",
    "marker=0x10, 0",
    "marker=9223372036854775806, 9223372036854775806",
  })
  void marker_is_the_integer_it_starts_with(String query, String marker) {
    get("/_/crr/failed?sitename=paris&" + query);

    assertThat(backbeat.calls).containsExactly("list paris " + marker + " 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-3x", "99999999999999999999", "9223372036854775807", "1e309"})
  void marker_that_no_page_can_have_is_refused(String marker) {
    assertThat(get("/_/crr/failed?sitename=paris&marker=" + marker).body())
        .isEqualTo(
            "{\"code\":400,\"description\":\"marker must be a number from 0 to"
                + " 9223372036854775806\",\"InvalidQueryParameter\":true}");
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void limit_is_the_length_of_the_page() {
    get("/_/crr/failed?sitename=paris&limit=1");
    get("/_/crr/failed/b?sitename=paris&limit=1000&marker=5");

    assertThat(backbeat.calls).containsExactly("list paris 0 1", "list paris 5 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=-1", "limit=", "limit=5x", "limit=٥"})
  void other_limits_are_refused(String query) {
    HttpResponse<String> response = get("/_/crr/failed?sitename=paris&" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("limit must be a number from 1 to 1000", "\"InvalidQueryParameter\":true");
    assertThat(get("/_/crr/failed?limit=1&limit=1").body()).contains("limit must be given once");
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void detail_follows_the_fields_of_the_original() {
    backbeat.page = new FailedPage(List.of(FakeBackbeat.failure(OBJECT)), OptionalLong.empty());
    backbeat.found = backbeat.page.operations();
    String detailed =
        "\"LastModified\":\"2018-03-30T22:22:34.384Z\",\"Attempts\":5,"
            + "\"FirstFailure\":\"2018-03-30T22:22:34.384Z\","
            + "\"LastFailure\":\"2018-03-30T22:22:34.384Z\","
            + "\"ErrorClass\":\"Timeout\",\"Message\":\"no answer\"}]}";

    assertThat(get("/_/crr/failed?sitename=paris&detail=true").body()).endsWith(detailed);
    assertThat(get("/_/crr/failed/b/k?versionId=v&detail=true").body()).endsWith(detailed);
    assertThat(get("/_/crr/failed/b/k?versionId=v&detail=false").body()).doesNotContain("Attempts");
    assertThat(get("/_/crr/failed?detail=yes").body()).contains("detail must be true or false");
  }

  @Test
  void object_without_versions_is_found_when_the_query_says_so() {
    get("/_/crr/failed/b/k?unversioned=true");
    get("/_/crr/failed/b/k?unversioned=true&versionId=");
    get("/_/metrics/crr/paris/progress/b/k?unversioned=true");

    assertThat(backbeat.calls).containsExactly("find b/k", "find b/k", "progress paris b/k");
    assertThat(get("/_/crr/failed/b/k?unversioned=true&versionId=v").body())
        .isEqualTo(
            "{\"code\":400,\"description\":\"unversioned=true contradicts versionId\","
                + "\"InvalidQueryParameter\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void wrong_query_is_refused(String method) {
    for (String query : List.of("marker=foo", "marker=", "sitename=paris&marker")) {
      HttpResponse<String> response = send(method, "/_/crr/failed?" + query, "");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body())
          .isEqualTo(
              "{\"code\":400,\"description\":\"marker must be a number\","
                  + "\"InvalidQueryParameter\":true}");
    }
    assertThat(send(method, "/_/crr/failed?sitename=", "").body())
        .isEqualTo(
            "{\"code\":400,\"description\":\"must be a non-empty string\","
                + "\"InvalidQueryParameter\":true}");
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void role_comes_last_where_it_is_told() {
    backbeat.retryRole = Optional.of("arn:aws:iam::root:role/src");

    assertThat(
            post("/_/crr/failed", "[{\"Bucket\":\"b\",\"Key\":\"k:1\",\"StorageClass\":\"paris\"}]")
                .body())
        .endsWith("\"ReplicationStatus\":\"PENDING\",\"Role\":\"arn:aws:iam::root:role/src\"}]");
  }

  @Test
  void retry_answers_what_was_queued() {
    String list =
        "[{\"Bucket\":\"b\",\"Key\":\"k:1\",\"VersionId\":\"v\",\"StorageClass\":\"paris\","
            + "\"Size\":1,\"LastModified\":\"2018-03-30T22:22:34.384Z\",\"ForceRetry\":true},"
            + "{\"Bucket\":\"b\",\"Key\":\"unknown\",\"StorageClass\":\"paris\"}]";

    assertThat(post("/_/crr/failed", list).body())
        .isEqualTo(
            "[{\"Bucket\":\"b\",\"Key\":\"k:1\",\"VersionId\":\"v\",\"StorageClass\":\"paris\","
                + "\"Size\":1,\"LastModified\":\"2018-03-30T22:22:34.384Z\","
                + "\"ReplicationStatus\":\"PENDING\"}]");
    assertThat(backbeat.calls)
        .containsExactly("retry b/k:1?versionId=v paris force", "retry b/unknown paris");
  }

  @Test
  void retry_drops_duplicates_and_impossible_locations() {
    String same = "{\"Bucket\":\"b\",\"Key\":\"k\",\"VersionId\":5,\"StorageClass\":\"paris\"}";
    String other = "{\"Bucket\":\"b\",\"Key\":\"k\",\"VersionId\":null,\"StorageClass\":\"paris\"}";
    String nowhere = "{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"a:b\"}";

    post("/_/crr/failed/", "[" + String.join(",", same, same, other, nowhere) + "]");

    assertThat(backbeat.calls)
        .containsExactly("retry b/k?versionId=5 paris", "retry b/k?versionId=null paris");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "1, true",
    "'\"no\"', true",
    "{}, true",
    "[], true",
    "false, false",
    "0, false",
    "'\"\"', false",
    "null, false",
  })
  void force_is_any_truthy_value(String value, boolean force) {
    post(
        "/_/crr/failed",
        "[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"paris\",\"ForceRetry\":"
            + value
            + "}]");

    assertThat(backbeat.calls).containsExactly("retry b/k paris" + (force ? " force" : ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "{|''",
        "[] []|''",
        "\"a\"|: body must be a non-empty array",
        "{}|: body must be a non-empty array",
        "[]|: body must be a non-empty array",
        "null|: body must be a non-empty array",
        "[\"a\"]|: body must be an array of objects",
        "[null]|: body must be an array of objects",
        "[{},5]|: body must be an array of objects",
        "[{\"Key\":\"k\",\"StorageClass\":\"s\"}]|: Bucket must be a non-empty string",
        "[{\"Bucket\":\"b\",\"StorageClass\":\"s\"}]|: Key must be a non-empty string",
        "[{\"Bucket\":\"b\",\"Key\":\"\"}]|: Key must be a non-empty string",
        "[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":3}]|: StorageClass must be a non-empty"
            + " string",
        "[{},{\"Bucket\":\"b\"}]|: Key must be a non-empty string",
        "[{\"Bucket\":\"b\"},{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"s\"}]|: Key must"
            + " be a non-empty string",
      })
  void malformed_retry_is_refused_with_the_reason(String body, String reason) {
    HttpResponse<String> response = post("/_/crr/failed", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":400,\"description\":\""
                + MALFORMED
                + reason
                + "\",\"MalformedPOSTRequest\":true}");
    assertThat(backbeat.calls).isEmpty();
  }
}
