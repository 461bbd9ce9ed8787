package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionIdTest {
  static Stream<MetadataExamples.Example> real_documents() {
    return MetadataExamples.all().stream()
        .filter(e -> !e.encodedVersionId().isEmpty() && e.tree().has("versionId"))
        // a document of that kind also lists the null version that was there before
        .filter(e -> !e.tree().path("isNull").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("real_documents")
  void id_of_a_real_document_is_the_one_its_client_was_given(MetadataExamples.Example example) {
    String decoded = example.tree().get("versionId").textValue();
    assertThat(VersionId.encode(decoded)).isEqualTo(example.encodedVersionId());
    assertThat(VersionId.decode(example.encodedVersionId())).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "98500086134471999999RG001  ,aKBDcF4SE3uf00000000001I4j3QKItW",
        "99999999999999999999RG001  ,aUKYOzaUKYOz00000000001I4j3QKItW",
        "00000000000000000000RG001  ,00000000000000000000001I4j3QKItW",
        "98204655535631999998paris01,aIBFHH699itE00000000002kSl6MJVWF"
      })
  void id_of_27_characters_is_base_62(String decoded, String encoded) {
    assertThat(VersionId.encode(decoded)).isEqualTo(encoded);
    assertThat(VersionId.decode(encoded)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "98500086134471999999RG001  0,39383530303038363133343437313939393939395247303031202030",
        "98500086134471999999中文文件名01,393835303030383631333434373139393939393"
            + "9e4b8ade69687e69687e4bbb6e5908d3031",
        "not a number; not a numbers,6e6f742061206e756d6265723b206e6f742061206e756d62657273"
      })
  void any_other_id_is_hex(String decoded, String encoded) {
    assertThat(VersionId.encode(decoded)).isEqualTo(encoded);
    assertThat(VersionId.decode(encoded)).isEqualTo(decoded);
    assertThat(VersionId.decode(encoded.toUpperCase(java.util.Locale.ROOT))).isEqualTo(decoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "39383530303038363133343437313939",
        "aKBDcF4SE3uf00000000001I4j3QKIt-",
        "ZZZZZZ4SE3uf00000000001I4j3QKItW",
        "aKBDcFZZZZZZ00000000001I4j3QKItW",
        "aKBDcF4SE3ufZZZZZZZZZZZZZZZZZZZZ",
        "39383530303038363133343437313939393939395247303031202030z",
        "3938353030303836313334343731393939393939524730303120203",
        "zz383530303038363133343437313939393939395247303031202030",
        "ff383530303038363133343437313939393939395247303031202030"
      })
  void text_that_is_no_encoded_id_is_refused(String encoded) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VersionId.decode(encoded))
        .withMessageContaining("32 characters of base 62")
        .withMessageContaining('"' + encoded + '"');
  }

  @Test
  void replication_group_outside_ascii_is_refused() {
    // the largest group that fits into seven bytes: all of them 0xff
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VersionId.decode("aKBDcF4SE3uf00000000005k1wlNFHb1"))
        .withMessageContaining("its replication group is not ASCII");
  }
}
