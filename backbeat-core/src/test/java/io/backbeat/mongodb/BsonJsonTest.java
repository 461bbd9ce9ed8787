package io.backbeat.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.job.MetadataExamples;
import io.backbeat.job.MetadataExamples.Example;
import io.backbeat.job.ObjectMetadata;
import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonUndefined;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BsonJsonTest {
  private static String json(BsonDocument value) {
    return new String(BsonJson.toJson(value), UTF_8);
  }

  private static Stream<Example> examples() {
    return MetadataExamples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void what_cloudserver_wrote_comes_back_to_the_letter(Example example) {
    String again = json(BsonJson.toBson(example.json()));

    assertThat(again).isEqualTo(example.tree().toString());
    assertThat(ObjectMetadata.parse(again).revision())
        .isEqualTo(ObjectMetadata.parse(example.tree().toString()).revision());
  }

  @Test
  void types_that_only_mongodb_has_are_written_as_javascript_would() {
    BsonDocument value =
        new BsonDocument("long", new BsonInt64(5_000_000_000L))
            .append("whole", new BsonDouble(5e9))
            .append("fraction", new BsonDouble(0.5))
            .append("nan", new BsonDouble(Double.NaN))
            .append("decimal", new BsonDecimal128(new Decimal128(new BigDecimal("1.5"))))
            .append("date", new BsonDateTime(new Date(1_795_349_506_007L).getTime()))
            .append("id", new BsonObjectId(new ObjectId("0123456789abcdef01234567")))
            .append("undefined", new BsonUndefined())
            .append("regex", new BsonRegularExpression("x"));

    assertThat(json(value))
        .isEqualTo(
            "{\"long\":5000000000,\"whole\":5000000000,\"fraction\":0.5,\"nan\":null,\"decimal\":1.5,"
                + "\"date\":\"2026-11-22T12:11:46.007Z\",\"id\":\"0123456789abcdef01234567\",\"regex\":null}");
  }

  @Test
  void numbers_are_stored_in_the_smallest_type_that_holds_them() {
    BsonDocument value =
        BsonJson.toBson("{\"a\":1,\"b\":5000000000,\"c\":0.5,\"d\":123456789012345678901}");

    assertThat(value.isInt32("a")).isTrue();
    assertThat(value.isInt64("b")).isTrue();
    assertThat(value.isDouble("c")).isTrue();
    assertThat(value.isDouble("d")).isTrue();
  }

  @Test
  void tag_keys_are_escaped_in_the_document_and_only_they() {
    String json =
        "{\"tags\":{\"a.b\":\"$1.\",\"$c\":\"2\"},\"x-amz-meta-a.b\":\"1\",\"other\":{\"tags\":{\"a.b\":1}}}";

    BsonDocument value = BsonJson.toBson(json);

    assertThat(value.getDocument("tags").keySet()).containsExactly("a\uFF0Eb", "\uFF04c");
    assertThat(value.getDocument("other").getDocument("tags").keySet()).containsExactly("a.b");
    assertThat(json(value)).isEqualTo(json);
  }

  @Test
  void what_is_no_object_or_no_unicode_is_refused() {
    for (String bad : List.of("", "[]", "7", "{\"a\":", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}")) {
      assertThatThrownBy(() -> BsonJson.toBson(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
