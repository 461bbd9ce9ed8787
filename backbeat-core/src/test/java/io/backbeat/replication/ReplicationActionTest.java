package io.backbeat.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationActionTest {
  @ParameterizedTest(name = "{0} bytes, md5 \"{1}\", delete marker {2} -> {3}")
  @CsvSource({
    "0,        '',    true,  DELETE_OBJECT",
    "20000000, a-2,   true,  DELETE_OBJECT",
    "20000000, '',    false, MULTIPART",
    "19999999, '',    false, PUT_OBJECT",
    "5,        abc-2, false, MULTIPART",
    "5,        abc,   false, PUT_OBJECT",
    "0,        '',    false, PUT_OBJECT",
  })
  void a_version_is_deleted_put_or_written_in_parts(
      long size, String md5, boolean deleteMarker, ReplicationAction expected) {
    SourceVersion version = new SourceVersion("k", "f", size, deleteMarker, md5, "", "", Map.of());

    assertThat(ReplicationAction.of(version)).isEqualTo(expected);
  }
}
