package io.backbeat.mongodb;

import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Puts conditions side by side in one document, as they are written by hand. Pure. */
final class Conditions {
  private Conditions() {}

  /**
   * All of some conditions. Unlike the driver's, without {@code $and}: simpler servers look at the
   * index of {@code _id} only where it stands at the top. Two conditions on one field must be
   * operators.
   */
  static Bson and(Bson... conditions) {
    BsonDocument all = new BsonDocument();
    for (Bson condition : conditions) {
      for (Map.Entry<String, BsonValue> field : condition.toBsonDocument().entrySet()) {
        BsonValue before = all.get(field.getKey());
        if (before == null) {
          all.put(field.getKey(), field.getValue());
        } else {
          BsonDocument both = before.asDocument().clone();
          both.putAll(field.getValue().asDocument());
          all.put(field.getKey(), both);
        }
      }
    }
    return all;
  }
}
