package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statuses in the object documents themselves. A write sets {@code value.replicationInfo} and
 * {@code value.originOp} and nothing else, and only if the whole {@code value} still is what the
 * decision was made on: every client write changes something in it, so none can be overwritten, not
 * even one that left the statuses alike. Who loses that race reads and decides again.
 *
 * <p>The changes of one version in one call are one write. Where the version is the latest, its
 * second document, the master, is written first: what decides is the version's own document, so a
 * crash in between repeats the change and both agree in the end.
 */
final class MongoStatuses implements StatusStore {
  private static final Logger LOG = LoggerFactory.getLogger(MongoStatuses.class);

  /** Races with clients are rare, and lost ones are over as soon as the client's write is. */
  private static final int MAX_ROUNDS = 50;

  private static final String ORIGIN_OP = "originOp";

  private final MongoConnection mongo;
  private final ObjectDocuments documents;

  MongoStatuses(MongoConnection mongo, ObjectDocuments documents) {
    this.mongo = mongo;
    this.documents = documents;
  }

  @Override
  public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, TrackedStatus> found = new HashMap<>();
    mongo
        .errors()
        .call(() -> documents.find(objects))
        .forEach(
            (object, stored) ->
                tracked(object, stored).ifPresent(status -> found.put(object, status)));
    return found;
  }

  private static Optional<TrackedStatus> tracked(ObjectVersion object, StoredObject stored) {
    try {
      ObjectMetadata metadata = ObjectMetadata.parse(BsonJson.toJson(stored.value()));
      return Optional.of(
          new TrackedStatus(
              metadata.revision(),
              new ReplicationStatus(object, metadata.replicationInfo().backends())));
    } catch (IllegalArgumentException e) {
      LOG.warn("the metadata of {} cannot be read, it has no status: {}", object, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<StatusResult> apply(List<StatusChange> changes) {
    Map<ObjectVersion, List<Integer>> open = new LinkedHashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      open.computeIfAbsent(changes.get(i).object(), object -> new ArrayList<>()).add(i);
    }
    StatusResult[] results = new StatusResult[changes.size()];
    Map<ObjectVersion, BsonDocument> written = Map.of();
    for (int round = 0; !open.isEmpty(); round++) {
      if (round == MAX_ROUNDS) {
        throw new BackbeatException(
            ErrorCode.INTERNAL_ERROR,
            open.keySet().iterator().next()
                + " was written by others "
                + MAX_ROUNDS
                + " times while its status was to be written");
      }
      written = round(changes, open, written, results);
    }
    return List.of(results);
  }

  /**
   * Decides and writes once; takes out of {@code open} what is settled.
   *
   * @param attempted what the round before tried to write; whether it did is not known
   * @return what this round tried to write
   */
  private Map<ObjectVersion, BsonDocument> round(
      List<StatusChange> changes,
      Map<ObjectVersion, List<Integer>> open,
      Map<ObjectVersion, BsonDocument> attempted,
      StatusResult[] results) {
    Map<ObjectVersion, StoredObject> found =
        mongo.errors().call(() -> documents.find(open.keySet()));
    Map<ObjectVersion, BsonDocument> wanted = new HashMap<>();
    Map<String, List<WriteModel<BsonDocument>>> writes = new TreeMap<>();
    for (ObjectVersion object : List.copyOf(open.keySet())) {
      List<Integer> indexes = open.getOrDefault(object, List.of());
      StoredObject stored = found.get(object);
      if (stored == null) {
        indexes.forEach(i -> results[i] = new StatusResult.Unknown());
        open.remove(object);
      } else if (stored.value().equals(attempted.get(object))) {
        // The race was not ours: the results of that round hold. Perhaps it was the master's.
        List<WriteModel<BsonDocument>> late = masterModel(stored, written(stored.value()));
        if (late.isEmpty()) {
          open.remove(object);
        } else {
          wanted.put(object, stored.value());
          writes.computeIfAbsent(object.bucket(), bucket -> new ArrayList<>()).addAll(late);
        }
      } else {
        StatusEdit edit = edit(object, stored, indexes.stream().map(changes::get).toList());
        for (int i = 0; i < indexes.size(); i++) {
          results[indexes.get(i)] = edit.results().get(i);
        }
        if (edit.write().isEmpty()) {
          open.remove(object);
        } else {
          wanted.put(object, after(stored.value(), edit.write().get()));
          writes
              .computeIfAbsent(object.bucket(), bucket -> new ArrayList<>())
              .addAll(models(stored, edit.write().get()));
        }
      }
    }
    boolean allWritten = true;
    for (Map.Entry<String, List<WriteModel<BsonDocument>>> bucket : writes.entrySet()) {
      int matched = mongo.errors().call(() -> write(bucket.getKey(), bucket.getValue()));
      if (matched == bucket.getValue().size()) {
        open.keySet().removeIf(object -> object.bucket().equals(bucket.getKey()));
      } else {
        allWritten = false;
      }
    }
    return allWritten ? Map.of() : wanted;
  }

  private int write(String bucket, List<WriteModel<BsonDocument>> models) {
    return mongo
        .metadata(bucket)
        .bulkWrite(models, new BulkWriteOptions().ordered(true))
        .getMatchedCount();
  }

  private static StatusEdit edit(
      ObjectVersion object, StoredObject stored, List<StatusChange> changes) {
    try {
      return StatusEdit.of(stored.value(), changes);
    } catch (IllegalArgumentException e) {
      LOG.warn("the metadata of {} cannot be read, it has no status: {}", object, e.getMessage());
      List<StatusResult> unknown = new ArrayList<>();
      changes.forEach(change -> unknown.add(new StatusResult.Unknown()));
      return new StatusEdit(unknown, Optional.empty());
    }
  }

  private static BsonDocument after(BsonDocument value, StatusEdit.Write write) {
    BsonDocument after = value.clone();
    after.put(ObjectValue.REPLICATION_INFO, write.replicationInfo());
    after.put(ORIGIN_OP, new BsonString(write.originOp()));
    return after;
  }

  private static List<WriteModel<BsonDocument>> models(
      StoredObject stored, StatusEdit.Write write) {
    List<WriteModel<BsonDocument>> models = new ArrayList<>(masterModel(stored, write));
    models.add(new UpdateOneModel<>(unchanged(stored.id(), stored.value()), change(write)));
    return models;
  }

  /**
   * Writes the master too where it holds the same client write. Another one means that the server
   * is between its two writes; it will bring a status of its own.
   */
  private static List<WriteModel<BsonDocument>> masterModel(
      StoredObject stored, StatusEdit.Write write) {
    return stored
        .master()
        .filter(master -> !written(master.value()).equals(write))
        .filter(master -> after(master.value(), write).equals(after(stored.value(), write)))
        .<List<WriteModel<BsonDocument>>>map(
            master ->
                List.of(
                    new UpdateOneModel<>(unchanged(master.id(), master.value()), change(write))))
        .orElse(List.of());
  }

  private static StatusEdit.Write written(BsonDocument value) {
    return new StatusEdit.Write(
        ObjectValue.replicationInfo(value),
        value.isString(ORIGIN_OP) ? value.getString(ORIGIN_OP).getValue() : "");
  }

  private static Bson change(StatusEdit.Write write) {
    return combine(
        set("value.replicationInfo", write.replicationInfo()),
        set("value.originOp", write.originOp()));
  }

  private static Bson unchanged(String id, BsonDocument value) {
    return and(eq(id), eq("value", new BsonDocument("$eq", value)));
  }
}
