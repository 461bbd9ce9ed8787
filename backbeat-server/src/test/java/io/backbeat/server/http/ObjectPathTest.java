package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of objects on their way through URLs. */
class ObjectPathTest extends RestTest {
  @ParameterizedTest
  @CsvSource({
    "b/k?versionId=v, b/k?versionId=v",
    "b/a/b/c?versionId=v, b/a/b/c?versionId=v",
    "b//a//b/?versionId=v, b//a//b/?versionId=v",
    "b/a%2Fb?versionId=v, b/a/b?versionId=v",
    "b/%252F?versionId=v, b/%2F?versionId=v",
    "b/a%20b+c?versionId=a+b%2Bc, b/a b+c?versionId=a b+c",
    "b/%E4%B8%AD%F0%9F%98%80?versionId=%C3%A9, b/中😀?versionId=é",
    "b/it%27s%3A%7Bok%7D?versionId=v, b/it's:{ok}?versionId=v",
    "b/a;x=1/b?versionId=v, b/a;x=1/b?versionId=v",
    "b/.hidden/../x?versionId=v, b/.hidden/../x?versionId=v",
    "b/schedule?versionId=v&versionId=w, 'b/schedule?versionId=v,w'",
    "b/k?versionId=%zz, b/k?versionId=%zz",
  })
  void name_is_decoded_once_in_every_route(String path, String object) throws IOException {
    raw("GET /_/crr/failed/" + path);
    raw("GET /_/backbeat/api/crr/failed/" + path);
    raw("GET /_/metrics/crr/paris/progress/" + path);
    raw("GET /_/backbeat/api/metrics/crr/paris/throughput/" + path);

    assertThat(backbeat.calls)
        .containsExactly(
            "find " + object,
            "find " + object,
            "progress paris " + object,
            "throughput paris " + object);
  }

  @Test
  void raw_unicode_is_taken_as_utf8() throws IOException {
    raw("GET /_/crr/failed/b/é中?versionId=v");

    assertThat(backbeat.calls).containsExactly("find b/é中?versionId=v");
  }

  @ParameterizedTest
  @CsvSource({
    "/_/objects/b/%ff, 404, path objects/b/%ff does not exist",
    "/_/crr/failed?sitename=%C3%28, 400, the query must be UTF-8",
    "/_/crr/status;a=b, 404, path crr/status;a=b does not exist",
    "/_/crr/status%3Ba=b, 404, path crr/status%3Ba=b does not exist"
  })
  void refused_target_is_described_as_it_was_sent(String target, int status, String description)
      throws IOException {
    assertThat(raw("GET " + target))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\"description\":\"" + description + "\"");
    assertThat(backbeat.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /_/crr/status#fragment|200",
        "GET /_\\crr\\status|404",
        "GET /_/crr\\status|200",
        "GET /_/%zz|404",
        "GET /_/%|404",
        "GET //|404",
        "GET /_/{a}[b]|404",
        "GET /_//crr/status|404",
      })
  void odd_target_gets_an_answer_of_ours(String requestLine, int status) throws IOException {
    assertThat(raw(requestLine))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("application/json")
        .contains("{\"");
  }
}
