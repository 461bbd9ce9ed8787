package io.backbeat.mongodb;

import java.util.Optional;
import org.bson.BsonDocument;

/**
 * The documents of an object version.
 *
 * @param id of its own document
 * @param value the metadata in it
 * @param master the latest version's second document, if this version is the latest and its own
 *     document is another one
 */
record StoredObject(String id, BsonDocument value, Optional<Master> master) {
  /** A master that repeats a version. */
  record Master(String id, BsonDocument value) {}
}
