package io.backbeat.populator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredKeyTest {
  @Test
  void key_without_version_is_a_master() {
    assertThat(StoredKey.parse("a/b")).isEqualTo(new StoredKey("a/b", true, ""));
    assertThat(StoredKey.parse("\u007fMa/b")).isEqualTo(new StoredKey("a/b", true, ""));
  }

  @Test
  void key_with_version_is_taken_apart() {
    assertThat(StoredKey.parse("a/b\0v1")).isEqualTo(new StoredKey("a/b", false, "v1"));
    assertThat(StoredKey.parse("\u007fVa/b\0v1")).isEqualTo(new StoredKey("a/b", false, "v1"));
  }

  @Test
  void null_version_may_have_an_empty_version() {
    assertThat(StoredKey.parse("\u007fVa\0")).isEqualTo(new StoredKey("a", false, ""));
  }

  @Test
  void key_that_only_looks_like_a_prefix_stays_whole() {
    assertThat(StoredKey.parse("MVP")).isEqualTo(new StoredKey("MVP", true, ""));
    assertThat(StoredKey.parse("\u007f")).isEqualTo(new StoredKey("\u007f", true, ""));
    assertThat(StoredKey.parse("\u007fX")).isEqualTo(new StoredKey("\u007fX", true, ""));
    assertThat(StoredKey.parse("\u007fM")).isEqualTo(new StoredKey("", true, ""));
  }
}
