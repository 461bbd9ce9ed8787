package io.backbeat.cloudserver.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.transfer.SourcePart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaMetadataTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Account OWNER = new Account("canonical", "Owner \"there\"");
  private static final String INFO =
      "{\"status\":\"%s\",\"backends\":[{\"site\":\"paris\",\"status\":\"%s\",\"dataStoreVersionId\":\"\"}],"
          + "\"content\":[\"DATA\",\"METADATA\"],\"destination\":\"arn:aws:s3:::b\",\"storageClass\":\"paris\","
          + "\"role\":\"r,s\",\"storageType\":\"\",\"dataStoreVersionId\":\"\",\"isNFS\":null}";
  private static final String SOURCE =
      "{ \"owner-display-name\":\"Bart\",\"owner-id\" : \"79a5\", \"x-unknown\":{\"a\":[1.50,\"\\u00e9\"]},"
          + "\"x-amz-server-side-encryption\":\"\",\"location\":[{\"key\":6,\"size\":5,\"start\":0,"
          + "\"dataStoreName\":\"us-east-1\",\"dataStoreETag\":\"1:aa\",\"dataStoreVersionId\":\"v\"}],"
          + "\"replicationInfo\":"
          + INFO.formatted("PENDING", "PENDING")
          + "}";

  @Test
  void all_but_owner_place_and_status_is_kept_to_the_letter() {
    DataReceipt receipt =
        new DataReceipt(
            "new", "there", "1", "cipher", Map.of("x-amz-server-side-encryption", "AES256"));
    String replica =
        ReplicaMetadata.withData(
            SOURCE, PARIS, OWNER, List.of(new WrittenPart(SourcePart.of(SOURCE).get(0), receipt)));

    assertThat(replica)
        .isEqualTo(
            "{\"owner-display-name\":\"Owner \\\"there\\\"\",\"owner-id\" : \"canonical\",\"x-unknown\":"
                + "{\"a\":[1.50,\"\\u00e9\"]},\"x-amz-server-side-encryption\":\"AES256\",\"location\":[{\"key\":"
                + "\"new\",\"size\":5,\"start\":0,\"dataStoreName\":\"there\",\"dataStoreETag\":\"1:aa\","
                + "\"cryptoScheme\":1,\"cipheredDataKey\":\"cipher\"}],\"replicationInfo\":"
                + INFO.formatted("REPLICA", "REPLICA")
                + ",\"x-amz-server-side-encryption-aws-kms-key-id\":\"\","
                + "\"x-amz-server-side-encryption-customer-algorithm\":\"\"}");
  }

  @Test
  void where_no_data_is_written_its_place_is_left_to_the_destination() {
    assertThat(ReplicaMetadata.withoutData(SOURCE, PARIS, OWNER))
        .contains("\"key\":6", "\"dataStoreVersionId\":\"v\"", "\"status\":\"REPLICA\"");
    assertThat(ReplicaMetadata.withData(SOURCE, PARIS, OWNER, List.of()))
        .contains("\"location\":null");
  }

  @Test
  void neighbours_of_one_part_number_are_one_part() {
    List<SourcePart> parts =
        SourcePart.of(
            "{\"location\":[{\"key\":\"a\",\"size\":3,\"start\":0,\"dataStoreETag\":\"1:x\"},{\"key\":\"b\","
                + "\"size\":4,\"start\":3,\"dataStoreETag\":\"1:x\"},{\"key\":\"c\",\"size\":5,\"start\":7,"
                + "\"dataStoreETag\":\"3:y\"}]}");

    assertThat(parts).containsExactly(new SourcePart(1, "x", 0, 7), new SourcePart(3, "y", 7, 5));
    assertThat(SourcePart.of("{\"location\":null}")).isEmpty();
  }

  @Test
  void data_that_nobody_could_check_is_not_taken() {
    assertThatThrownBy(
            () -> SourcePart.of("{\"location\":[{\"key\":\"a\",\"dataStoreName\":\"l\"}]}"))
        .hasMessageContaining("l/a")
        .hasMessageContaining("<part number>:<md5>");
    assertThatThrownBy(() -> SourcePart.of("{\"location\":\"old\"}")).hasMessageContaining("old");
  }

  @Test
  void what_is_remembered_of_a_part_is_what_the_destination_said() {
    DataReceipt receipt = new DataReceipt("k", "l", "1", "c", Map.of("h", "v"));
    WrittenPart part = new WrittenPart(new SourcePart(7, "md5", 0, 9), receipt);

    assertThat(WrittenPart.receipt(part.remembered())).contains(receipt);
    assertThat(part.remembered().number()).isEqualTo(7);
  }
}
