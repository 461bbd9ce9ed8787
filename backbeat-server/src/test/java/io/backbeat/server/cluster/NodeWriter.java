package io.backbeat.server.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoDatabase;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MongoReplica;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;

/** Writes documents as CloudServer does, and messages as processes of the original do. */
final class NodeWriter implements AutoCloseable {
  static final String BUCKET = "node-bucket";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestServices services;
  private final KafkaProducer<String, String> producer;
  private final MongoDatabase database;

  NodeWriter(TestServices services) {
    this.services = services;
    Properties settings = new Properties();
    settings.put("bootstrap.servers", services.kafka());
    this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    this.database = MongoReplica.shared().client().getDatabase(services.metadata());
    database
        .getCollection("__metastore")
        .insertOne(
            new Document("_id", BUCKET)
                .append("value", new Document("name", BUCKET))
                .append("vFormat", "v0"));
  }

  /**
   * A version whose overall status is PROCESSING, which no populator queues; paris and tokyo are
   * PENDING.
   */
  Metadata object(String key) {
    Metadata metadata = Metadata.pending(BUCKET, key, "paris", "tokyo").bytes(7).version(1);
    ObjectNode value = (ObjectNode) Metadata.parse(metadata.json());
    ((ObjectNode) value.get("replicationInfo")).put("status", "PROCESSING");
    Document document = Document.parse(value.toString());
    database
        .getCollection(BUCKET)
        .insertOne(new Document("_id", storedKey(metadata)).append("value", document));
    database.getCollection(BUCKET).insertOne(new Document("_id", key).append("value", document));
    return metadata;
  }

  /** The status that CloudServer shows for the version at a location. */
  String status(Metadata object, String location) {
    return info(object).getList("backends", Document.class).stream()
        .filter(backend -> backend.getString("site").equals(location))
        .map(backend -> backend.getString("status") + backend.getString("dataStoreVersionId"))
        .findFirst()
        .orElseThrow();
  }

  private Document info(Metadata object) {
    return database
        .getCollection(BUCKET)
        .find(new Document("_id", storedKey(object)))
        .first()
        .get("value", Document.class)
        .get("replicationInfo", Document.class);
  }

  /** Message A. */
  void queue(Metadata object) {
    ObjectNode message = JSON.createObjectNode();
    message.put("type", "put");
    message.put("bucket", BUCKET);
    message.put("key", storedKey(object));
    message.put("value", object.json());
    message
        .putObject("overheadFields")
        .put("commitTimestamp", "2024-10-01T12:00:00.000Z")
        .put("opTimestamp", "2024-10-01T12:00:00.000Z");
    send("backbeat-replication", key(object), message.toString());
  }

  /** Message B. */
  void entry(
      String topic,
      Metadata object,
      String location,
      String status,
      String versionId,
      OptionalInt replayCount,
      boolean namesSite) {
    ObjectNode value = (ObjectNode) Metadata.parse(object.json());
    ObjectNode info = (ObjectNode) value.get("replicationInfo");
    for (JsonNode backend : info.get("backends")) {
      if (backend.get("site").asText().equals(location)) {
        ((ObjectNode) backend).put("status", status).put("dataStoreVersionId", versionId);
      }
    }
    if (!namesSite) {
      info.put("storageClass", location);
    }
    ObjectNode message = JSON.createObjectNode();
    message.put("bucket", BUCKET);
    message.put("key", storedKey(object));
    message.put("value", value.toString());
    if (namesSite) {
      message.put("site", location);
    }
    message.put("ignore", false);
    replayCount.ifPresent(count -> message.put("replayCount", count));
    message.putNull("accountId");
    send(topic, key(object), message.toString());
  }

  void outcome(Metadata object, String status, String versionId, OptionalInt replayCount) {
    entry("backbeat-replication-status", object, "paris", status, versionId, replayCount, true);
  }

  /** A message as it is. */
  void send(String topic, String key, String message) {
    try {
      producer.send(new ProducerRecord<>(services.topic(topic), key, message)).get();
    } catch (Exception e) {
      throw new IllegalStateException("cannot write to " + topic, e);
    }
  }

  static String storedKey(Metadata object) {
    return object.key() + '\0' + object.versionId();
  }

  private static String key(Metadata object) {
    return URLEncoder.encode(BUCKET + '/' + object.key(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
