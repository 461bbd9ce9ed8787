package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailedMessageTest {
  private static final Instant AT = Instant.ofEpochMilli(1509416671977L);
  private static final String HOUR = "1509415200000";
  private static final LocationName AWS = LocationName.of("aws-1");

  @Test
  void message_is_written_as_the_original_does() {
    ObjectVersion object = new ObjectVersion("bucket", "dir/a:b", "3938");

    assertThat(FailedMessage.toJson(new FailedNotice(AWS, object, AT), FailedMessage.PREFIX))
        .asString(UTF_8)
        .isEqualTo(
            "{\"key\":\"bb:crr:failed:aws-1:"
                + HOUR
                + "\",\"member\":\"bucket:dir/a:b:3938\",\"score\":1509416671977}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "a:b", ":", ":a::b:", "中/ü", "\n\"\\"})
  void every_key_comes_back(String key) {
    for (String prefix : new String[] {FailedMessage.PREFIX, FailedMessage.TEST_PREFIX}) {
      for (String version : new String[] {"", "null", "39383530"}) {
        FailedNotice notice = new FailedNotice(AWS, new ObjectVersion("b", key, version), AT);

        assertThat(FailedMessage.parse(FailedMessage.toJson(notice, prefix))).isEqualTo(notice);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "{}",
        "{\"key\":\"bb:crr:failed:s:1\",\"member\":\"b:k:v\"}",
        "{\"key\":\"bb:crr:failed:s:1\",\"member\":\"b:k\",\"score\":1}",
        "{\"key\":\"bb:crr:failed:s:1\",\"member\":\"bk\",\"score\":1}",
        "{\"key\":\"bb:crr:failed:s:1\",\"member\":\":k:\",\"score\":1}",
        "{\"key\":\"bb:crr:failed:1\",\"member\":\"b:k:v\",\"score\":1}",
        "{\"key\":\"bb:crr:done:s:1\",\"member\":\"b:k:v\",\"score\":1}",
        "{\"key\":\"bb:crr:failed:a:b:1\",\"member\":\"b:k:v\",\"score\":1}",
        "{\"key\":\"bb:crr:failed:s:1\",\"member\":[],\"score\":1}"
      })
  void what_is_no_such_message_is_refused(String json) {
    assertThatThrownBy(() -> FailedMessage.parse(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
