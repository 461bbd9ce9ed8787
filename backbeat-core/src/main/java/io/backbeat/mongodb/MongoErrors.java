package io.backbeat.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;

/** Says what an error of the driver means for a caller. */
final class MongoErrors {
  static final int DUPLICATE_KEY = 11000;

  private static final Set<Integer> HISTORY_LOST = Set.of(286, 136, 280);
  private static final Set<Integer> TOO_LARGE = Set.of(121, 10334, 17280, 17419, 17420);

  private final String hosts;

  MongoErrors(String hosts) {
    this.hosts = hosts;
  }

  /**
   * Makes a call.
   *
   * @throws BackbeatException INTERNAL_ERROR if MongoDB does not answer or refuses; NOT_RUNNING if
   *     the store is closed
   * @throws IllegalArgumentException if a document cannot be stored, which a retry does not help
   */
  <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (BsonSerializationException | BsonInvalidOperationException e) {
      throw unstorable(e);
    } catch (MongoException e) {
      throw translated(e);
    } catch (IllegalStateException e) {
      // The driver says so when its client was closed.
      throw new BackbeatException(
          ErrorCode.NOT_RUNNING, "the store on MongoDB at " + hosts + " is closed", e);
    }
  }

  /** Makes a call without an answer. */
  void run(Runnable call) {
    call(
        () -> {
          call.run();
          return Boolean.TRUE;
        });
  }

  RuntimeException translated(MongoException e) {
    if (TOO_LARGE.contains(e.getCode()) || hasUnstorable(e)) {
      return unstorable(e);
    }
    String what =
        e instanceof MongoSecurityException ? " refuses the credentials: " : " does not answer: ";
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR, "MongoDB at " + hosts + what + e.getMessage(), e);
  }

  private static boolean hasUnstorable(MongoException e) {
    return e instanceof MongoBulkWriteException bulk
        && bulk.getWriteErrors().stream().anyMatch(w -> TOO_LARGE.contains(w.getCode()));
  }

  private static IllegalArgumentException unstorable(RuntimeException e) {
    return new IllegalArgumentException(
        "MongoDB cannot store this document (at most 16 MiB, well-formed names): " + e.getMessage(),
        e);
  }

  /** Whether a change stream cannot go on because its past is gone. */
  static boolean isHistoryLost(MongoException e) {
    return HISTORY_LOST.contains(e.getCode())
        || String.valueOf(e.getMessage()).contains("resume point may no longer be in the oplog");
  }
}
