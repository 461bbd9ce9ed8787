package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  @Test
  void conditions_stand_side_by_side_and_those_of_one_field_together() {
    assertThat(Conditions.and(eq("a", 1), gte("b", "x"), lt("b", "z")).toBsonDocument())
        .isEqualTo(BsonDocument.parse("{a: 1, b: {$gte: 'x', $lt: 'z'}}"));
  }
}
