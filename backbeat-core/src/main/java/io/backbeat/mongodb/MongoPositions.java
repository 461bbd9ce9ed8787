package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import java.util.Optional;

/** Positions, one document per log in the collection {@code positions}. The last save wins. */
final class MongoPositions implements LogPositionStore {
  private static final String POSITIONS = "positions";
  private static final String POSITION = "position";

  private final MongoConnection mongo;

  MongoPositions(MongoConnection mongo) {
    this.mongo = mongo;
  }

  @Override
  public Optional<LogPosition> load(String logName) {
    return mongo
        .errors()
        .call(
            () ->
                Optional.ofNullable(mongo.own(POSITIONS).find(eq(logName)).first())
                    .map(document -> LedgerDocument.text(document, POSITION))
                    .map(LogPosition::new));
  }

  @Override
  public void save(String logName, LogPosition position) {
    mongo
        .errors()
        .run(
            () ->
                mongo
                    .own(POSITIONS)
                    .updateOne(
                        eq(logName),
                        Updates.set(POSITION, position.value()),
                        new UpdateOptions().upsert(true)));
  }
}
