package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailedMemberTest {
  @ParameterizedTest
  @CsvSource({
    "test-bucket:test-key:test-versionId, test-bucket, test-key, test-versionId",
    "b:k:, b, k, ''",
    "b:k:null, b, k, 'null'",
    "b:a:b::c:3938, b, a:b::c, 3938",
    "b:k::, b, k:, ''",
    "b::k:v, b, :k, v",
    "b:k, b, k, ''",
  })
  void bucket_ends_at_the_first_colon_and_the_version_begins_behind_the_last(
      String member, String bucket, String key, String version) {
    assertThat(FailedMember.decode(member)).contains(new ObjectVersion(bucket, key, version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "::", "b", "b:", "b::v", ":k:v"})
  void text_without_bucket_or_key_names_nothing(String member) {
    assertThat(FailedMember.decode(member)).isEmpty();
  }

  @Test
  void names_of_object_servers_are_written_as_they_are() {
    assertThat(FailedMember.encode(new ObjectVersion("a", "b", "c"))).isEqualTo("a:b:c");
    assertThat(FailedMember.encode(ObjectVersion.unversioned("a", "b%:é"))).isEqualTo("a:b%:é:");
  }

  @Property(tries = 500)
  void whatever_is_written_is_read(
      @ForAll @Chars({'a', ':', '%', '3', 'A'}) @StringLength(min = 1, max = 5) String bucket,
      @ForAll @Chars({'a', ':', '%', '2', '5'}) @StringLength(min = 1, max = 5) String key,
      @ForAll @Chars({'a', ':', '%'}) @StringLength(max = 4) String version) {
    ObjectVersion object = new ObjectVersion(bucket, key, version);

    assertThat(FailedMember.decode(FailedMember.encode(object))).contains(object);
  }
}
