package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicationInfoJsonTest {
  static Stream<MetadataExamples.Example> real_documents() {
    return MetadataExamples.all().stream().filter(e -> e.tree().has("replicationInfo"));
  }

  @ParameterizedTest
  @MethodSource("real_documents")
  void real_replication_info_is_written_as_it_was_read(MetadataExamples.Example example) {
    String json = example.tree().get("replicationInfo").toString();
    assertThat(ReplicationInfo.parse(json).toJson()).isEqualTo(json);
  }

  @Test
  void every_member_is_read() {
    ReplicationInfo info =
        ReplicationInfo.parse(
            """
            {"status":"PROCESSING",
             "backends":[{"site":"aws","status":"COMPLETED","dataStoreVersionId":"v1","new":[{}]},
                         {"site":"b:preferred_read","status":"PENDING"}],
             "content":["DATA","METADATA","PUT_TAGGING"],"destination":"arn:aws:s3:::d",
             "storageClass":"aws,b:preferred_read","role":"r","storageType":"aws_s3,azure",
             "dataStoreVersionId":"old","isNFS":true,"unknown":{"a":[1,{}]}}""");
    assertThat(info)
        .isEqualTo(
            new ReplicationInfo(
                Optional.of(OverallStatus.PROCESSING),
                List.of(
                    new SiteReplication(LocationName.of("aws"), SiteStatus.COMPLETED, "v1"),
                    new SiteReplication(LocationName.of("b"), SiteStatus.PENDING, "")),
                List.of("DATA", "METADATA", "PUT_TAGGING"),
                "arn:aws:s3:::d",
                "aws,b:preferred_read",
                "r",
                "aws_s3,azure",
                "old",
                Optional.of(true)));
    assertThat(ReplicationInfo.parse(info.toJson())).isEqualTo(info);
  }

  @Test
  void missing_and_null_members_have_their_defaults() {
    assertThat(ReplicationInfo.parse("{}")).isEqualTo(ReplicationInfo.NONE);
    assertThat(ReplicationInfo.parse("null")).isEqualTo(ReplicationInfo.NONE);
    assertThat(
            ReplicationInfo.parse(
                """
                {"status":null,"backends":null,"content":null,"destination":null,"isNFS":null}"""))
        .isEqualTo(ReplicationInfo.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":\"DONE\"}|replicationInfo.status must be empty or one of [PENDING,|was \"DONE\"|10",
        "{\"backends\":{}}|replicationInfo.backends must be an array|was an object|12",
        "{\"backends\":[7]}|replicationInfo.backends[] must be objects|was 7|13",
        "{\"backends\":[{\"site\":\"a\"}]}|backends[] must have site and status|was an object that ends here|24",
        "{\"backends\":[{\"site\":\"a/b\",\"status\":\"PENDING\"}]}|backends[].site: location name must not contain|a/b|21",
        "{\"backends\":[{\"site\":\"\",\"status\":\"PENDING\"}]}|location name must not be empty|site|21",
        "{\"backends\":[{\"site\":\"a\",\"status\":\"PROCESSING\"}]}|backends[].status must be one of [PENDING|was \"PROCESSING\"|34",
        "{\"content\":[[]]}|replicationInfo.content[] must be a text|was an array|12",
        "{\"role\":true}|replicationInfo.role must be a text|was true|8",
        "{\"isNFS\":\"yes\"}|replicationInfo.isNFS must be true or false|was \"yes\"|9",
        "{} {}|nothing may follow|was an object|3",
        "[]|replicationInfo must be an object|was an array|0",
        "{\"status\":|metadata must be one JSON object|end-of-input|10",
        "``|replicationInfo must be an object|was nothing|0"
      })
  void malformed_member_is_named_with_its_place(
      String json, String right, String was, long byteOffset) {
    assertThatExceptionOfType(MalformedMetadataException.class)
        .isThrownBy(() -> ReplicationInfo.parse(json))
        .withMessageContaining(right)
        .withMessageContaining(was)
        .satisfies(e -> assertThat(e.byteOffset()).isEqualTo(byteOffset));
  }
}
