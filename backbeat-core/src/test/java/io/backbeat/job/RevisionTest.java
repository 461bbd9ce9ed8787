package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {
  private static final String WRITTEN =
      MetadataExamples.of("object, several backends", true).json();

  @Test
  void revision_is_the_micro_version_id_where_there_is_one() {
    assertThat(revision(ObjectMetadata.stamp(WRITTEN, "m1"))).isEqualTo("m1");
  }

  /** A stored revision has to be found again by the next release: this value must not change. */
  @Test
  void fingerprint_is_stable_over_releases() {
    assertThat(revision("{\"key\":\"obj-1\",\"content-length\":11,\"tags\":{\"a\":\"b\"}}"))
        .isEqualTo("23a0f7cd48aaa0f6f46bb1d7d6b06bd0");
  }

  @Test
  void statuses_and_origin_do_not_change_the_fingerprint() {
    ReplicationInfo info = ObjectMetadata.parse(WRITTEN).replicationInfo();
    String completed =
        ObjectMetadata.withReplicationInfo(
            WRITTEN, info.toCompleted(LocationName.of("aws-backend-1")));
    assertThat(revision(completed)).isEqualTo(revision(WRITTEN));
    assertThat(revision(ObjectMetadata.withOriginOp(completed, ReplicationInfo.ORIGIN_COMPLETED)))
        .isEqualTo(revision(WRITTEN));
  }

  /**
   * CloudServer's route for metadata reorders members, fills in empty ones and adds the creation
   * time.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata written back by the replication status processor (one of two sites COMPLETED)",
        "metadata after all sites COMPLETED",
        "metadata after FAILED"
      })
  void statuses_stored_through_cloudserver_do_not_change_the_fingerprint(String kind) {
    String stored = MetadataExamples.of(kind, true).json();
    assertThat(stored).isNotEqualTo(WRITTEN);
    assertThat(revision(stored)).isEqualTo(revision(WRITTEN));
  }

  @Test
  void every_client_write_has_a_fingerprint_of_its_own() {
    String put = revision(MetadataExamples.of("second version of the object", true).json());
    String tagged = revision(MetadataExamples.of("tagging update", true).json());
    String untagged = revision(MetadataExamples.of("tagging removed", true).json());
    String acl = revision(MetadataExamples.of("ACL update", true).json());
    assertThat(tagged).isNotIn(put, acl);
    assertThat(acl).isNotIn(put, untagged);
  }

  @Test
  void different_real_documents_have_different_fingerprints() {
    Map<String, String> keys = new HashMap<>();
    for (MetadataExamples.Example example : MetadataExamples.all()) {
      ObjectMetadata metadata = ObjectMetadata.parse(example.json());
      String state = metadata.versionId() + metadata.key() + metadata.contentMd5();
      String before = keys.put(metadata.revision(), state);
      assertThat(before).as("%s", example).isIn(null, state);
    }
    assertThat(keys).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}|{\"b\":2,\"a\":1}",
        "{\"a\":1}|{ \"a\" : 1 }",
        "{\"a\":1}|{\"a\":1,\"b\":\"\",\"c\":null,\"d\":{},\"e\":[],\"f\":false}"
      })
  void order_space_and_empty_members_do_not_count(String one, String other) {
    assertThat(revision(one)).isEqualTo(revision(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}|{\"a\":2,\"b\":1}",
        "{\"a\":\"12345678\"}|{\"a\":\"12345679\"}",
        "{\"a\":\"1234567\"}|{\"a\":\"12345670\"}",
        "{\"a\":\"b\"}|{\"ab\":\"\"}",
        "{\"a\":\"b\"}|{\"b\":\"b\"}",
        "{\"a\":{\"b\":1}}|{\"a\":{\"b\":2}}",
        "{\"a\":true}|{}",
        "{\"a\":0}|{}",
        "{\"a\":\"x\",\"b\":\"x\"}|{}",
        "{\"replicationinfo\":1}|{}"
      })
  void names_and_values_count(String one, String other) {
    assertThat(revision(one)).isNotEqualTo(revision(other));
  }

  private static String revision(String json) {
    return ObjectMetadata.parse(json).revision();
  }
}
