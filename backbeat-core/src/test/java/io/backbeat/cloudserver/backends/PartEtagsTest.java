package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import org.junit.jupiter.api.Test;

class PartEtagsTest {
  private static final LocationName AWS = LocationName.of("aws");
  private final PartEtags etags = new PartEtags();

  @Test
  void cloud_whose_etags_never_were_md5s_is_believed() {
    assertThat(etags.agree(AWS, "\"other\"", "md5")).isTrue();
    assertThat(etags.agree(AWS, "\"other\"", "md5")).isTrue();
  }

  @Test
  void cloud_whose_etags_are_md5s_is_not_believed_when_one_differs() {
    assertThat(etags.agree(AWS, "\"md5\"", "md5")).isTrue();
    assertThat(etags.agree(AWS, "\"other\"", "md5")).isFalse();
    assertThat(etags.agree(LocationName.of("kms"), "\"other\"", "md5")).isTrue();
  }

  @Test
  void cloud_that_begins_to_encrypt_is_believed_again_after_a_while() {
    etags.agree(AWS, "md5", "md5");
    for (int i = 0; i < PartEtags.DOUBTS; i++) {
      assertThat(etags.agree(AWS, "other", "md5")).isFalse();
    }
    assertThat(etags.agree(AWS, "other", "md5")).isTrue();
    assertThat(etags.agree(AWS, "other", "md5")).isTrue();
    assertThat(etags.agree(AWS, "md5", "md5")).isTrue();
    assertThat(etags.agree(AWS, "other", "md5")).isFalse();
  }
}
