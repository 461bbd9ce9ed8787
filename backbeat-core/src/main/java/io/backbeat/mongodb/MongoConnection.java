package io.backbeat.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** The client and the two databases. Connects when it is first used. Thread-safe. */
final class MongoConnection implements AutoCloseable {
  private static final String COUNTERS = "counters";
  private static final String VALUE = "value";

  private final MongoClient client;
  private final MongoDatabase metadata;
  private final MongoDatabase own;
  private final MongoErrors errors;

  private MongoConnection(MongoClient client, MongoOptions options) {
    this.client = client;
    // What is decided on must be the newest state, and a transaction reads from the primary only.
    this.metadata =
        client.getDatabase(options.metadataDatabase()).withReadPreference(ReadPreference.primary());
    this.own =
        client.getDatabase(options.ownDatabase()).withReadPreference(ReadPreference.primary());
    this.errors = new MongoErrors(options.hosts());
  }

  static MongoConnection open(MongoOptions options) {
    ConnectionString uri = new ConnectionString(options.uri());
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .writeConcern(WriteConcern.MAJORITY)
            .applyConnectionString(uri)
            .applicationName("backbeat")
            .applyToClusterSettings(
                cluster ->
                    cluster.serverSelectionTimeout(
                        options.serverSelectionTimeout().toMillis(), TimeUnit.MILLISECONDS))
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout(
                            options.serverSelectionTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(options.readTimeout().toMillis(), TimeUnit.MILLISECONDS));
    return new MongoConnection(MongoClients.create(settings.build()), options);
  }

  MongoClient client() {
    return client;
  }

  MongoErrors errors() {
    return errors;
  }

  MongoDatabase metadata() {
    return metadata;
  }

  /** A collection of CloudServer's. */
  MongoCollection<BsonDocument> metadata(String collection) {
    return metadata.getCollection(collection, BsonDocument.class);
  }

  /** A collection of ours. */
  MongoCollection<BsonDocument> own(String collection) {
    return own.getCollection(collection, BsonDocument.class);
  }

  /** Takes numbers that nobody has taken; gives the first of them, at least 1. */
  long take(String counter, int count) {
    BsonDocument after =
        own(COUNTERS)
            .findOneAndUpdate(
                Filters.eq(counter),
                Updates.inc(VALUE, (long) count),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
    return Objects.requireNonNull(after, "an upsert gives a document").getNumber(VALUE).longValue()
        - count
        + 1;
  }

  @Override
  public void close() {
    client.close();
  }
}
