package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.MultipartPlan;
import io.backbeat.replication.ReplicationAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendPlanTest {
  private static final Backend AWS = new Backend(LocationName.of("aws"), "aws_s3");
  private static final Backend GCP = new Backend(LocationName.of("aws"), "gcp");
  private static final Source PUT = Source.of(Clouds.bytes("hello"), "aws", "azure");
  private static final BackendPlan WHOLE = new BackendPlan.Write(new BackendPlan.Whole());

  private static BackendPlan plan(Source source) {
    return BackendPlan.of(source.metadata(), AWS, ReplicationAction.MULTIPART_THRESHOLD);
  }

  private static BackendPlan parts(List<ByteRange> ranges) {
    return new BackendPlan.Write(new BackendPlan.Parts(ranges));
  }

  private static Source size(long bytes) {
    return PUT.with(d -> d.put("content-length", bytes));
  }

  @Test
  void delete_marker_removes_the_key() {
    assertThat(plan(PUT.deleteMarker())).isEqualTo(new BackendPlan.DeleteObject());
  }

  @Test
  void data_that_is_there_already_is_left() {
    assertThat(plan(PUT.site("aws", "COMPLETED", "v1"))).isEqualTo(new BackendPlan.Nothing("v1"));
    assertThat(plan(PUT.site("azure", "COMPLETED", "v1"))).isEqualTo(WHOLE);
  }

  @Test
  void change_of_tags_sends_tags_only_if_the_copy_is_known() {
    Source tagged = PUT.content("METADATA", "PUT_TAGGING");
    assertThat(plan(tagged.site("aws", "PENDING", "v1")))
        .isEqualTo(new BackendPlan.Tags("v1", Map.of("a", "b")));
    assertThat(plan(tagged)).isEqualTo(WHOLE);
    assertThat(plan(PUT.content("METADATA", "DELETE_TAGGING").site("aws", "PENDING", "v1")))
        .isEqualTo(new BackendPlan.Tags("v1", Map.of()));
  }

  @Test
  void change_of_tags_that_replaced_a_write_of_data_sends_the_data_too() {
    assertThat(plan(PUT.content("DATA", "METADATA", "PUT_TAGGING").site("aws", "PENDING", "v1")))
        .isEqualTo(WHOLE);
  }

  @Test
  void retention_and_legal_hold_do_not_send_the_data_again() {
    for (String operation : List.of("PUT_RETENTION", "PUT_LEGAL_HOLD")) {
      Source held = PUT.content("METADATA", operation);
      assertThat(plan(held.site("aws", "PENDING", "v1")))
          .isEqualTo(new BackendPlan.Tags("v1", Map.of("a", "b")));
      assertThat(plan(held)).isEqualTo(WHOLE);
    }
  }

  @Test
  void change_of_metadata_that_is_not_understood_sends_everything() {
    assertThat(plan(PUT.content("METADATA").site("aws", "PENDING", "v1"))).isEqualTo(WHOLE);
  }

  @Test
  void large_objects_go_in_parts() {
    assertThat(plan(size(19_999_999))).isEqualTo(WHOLE);
    assertThat(plan(size(20_000_000))).isEqualTo(parts(MultipartPlan.parts(20_000_000)));
  }

  @Test
  void objects_that_were_uploaded_in_parts_go_in_parts_also_empty_ones() {
    assertThat(plan(size(5).md5("abc-2"))).isEqualTo(parts(List.of(ByteRange.whole(5))));
    assertThat(plan(size(0).md5("abc-1"))).isEqualTo(parts(List.of(ByteRange.whole(0))));
  }

  @Test
  void google_gets_no_more_parts_than_it_takes() {
    long huge = 1025L * (512L << 20);
    assertThat(BackendPlan.writeMode(size(huge).metadata(), GCP, 1))
        .isEqualTo(new BackendPlan.Parts(MultipartPlan.partsForGcp(huge)));
    assertThat(BackendPlan.writeMode(size(huge).metadata(), AWS, 1))
        .isEqualTo(new BackendPlan.Parts(MultipartPlan.parts(huge)));
  }
}
