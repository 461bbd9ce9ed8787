package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.SiteReplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statuses are written into a document, the rest stays to the letter. */
class StatusMembersTest {
  static Stream<MetadataExamples.Example> replicated_documents() {
    return MetadataExamples.all().stream()
        .filter(e -> !ObjectMetadata.parse(e.json()).replicationInfo().backends().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("replicated_documents")
  void real_document_differs_in_its_statuses_and_origin_alone(MetadataExamples.Example example) {
    ObjectMetadata metadata = ObjectMetadata.parse(example.json());
    SiteReplication first = metadata.replicationInfo().backends().get(0);
    ReplicationInfo failed =
        metadata
            .replicationInfo()
            .toFailed(first.location())
            .withDataStoreVersionId(first.location(), "v\"1");

    String written = metadata.withStatuses(failed, ReplicationInfo.ORIGIN_FAILED);

    ObjectNode expected = (ObjectNode) example.tree();
    ObjectNode info = (ObjectNode) expected.get("replicationInfo");
    info.put("status", "FAILED");
    ((ObjectNode) info.get("backends").get(0))
        .put("status", "FAILED")
        .put("dataStoreVersionId", "v\"1");
    expected.put("originOp", ReplicationInfo.ORIGIN_FAILED);
    assertThat(written).isEqualTo(expected.toString());
    assertThat(ObjectMetadata.parse(written).replicationInfo()).isEqualTo(failed);
    assertThat(ObjectMetadata.parse(written).revision()).isEqualTo(metadata.revision());
  }

  @Test
  void spelling_of_everything_else_stays() {
    String json =
        """
        { "a" : 1.50, "replicationInfo" : { "x":{"status":"x"},
          "backends": [ {"site":"p:preferred_read", "status" : "PENDING" , "y":[]} ] } ,
          "b":"\\u00e9/\\/" , "originOp" :"s3:Old" }""";
    ObjectMetadata metadata =
        ObjectMetadata.parse(json.replace("p:preferred_read", "paris:preferred_read"));
    ReplicationInfo done =
        metadata
            .replicationInfo()
            .toCompleted(LocationName.of("paris"))
            .withDataStoreVersionId(LocationName.of("paris"), "v1");

    assertThat(metadata.withStatuses(done, "s3:New"))
        .isEqualTo(
            """
            { "a" : 1.50, "replicationInfo" : { "x":{"status":"x"},
              "backends": [ {"site":"paris:preferred_read", "status" : "COMPLETED" , "y":[],"dataStoreVersionId":"v1"} ],"status":"COMPLETED" } ,
              "b":"\\u00e9/\\/" , "originOp" :"s3:New" }""");
  }

  @Test
  void origin_is_put_behind_the_other_members_where_there_was_none() {
    JsonNode tree = MetadataExamples.of("object, several backends", true).tree();
    String json = ((ObjectNode) tree).without("originOp").toString();

    assertThat(
            ObjectMetadata.parse(json)
                .withStatuses(
                    ReplicationInfo.parse(tree.get("replicationInfo").toString()), "s3:X"))
        .isEqualTo(json.substring(0, json.length() - 1) + ",\"originOp\":\"s3:X\"}");
  }
}
