package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.CloudServerSite.AWS;
import static io.backbeat.server.cluster.CloudServerSite.BUCKET;
import static io.backbeat.server.cluster.CloudServerSite.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ObjectVersion;
import io.backbeat.server.serve.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Lifecycle's transitions as its processes, which are the original's, ask for them: a copy to
 * another location, its result, and the collection of the data that was left.
 */
@Tag("slow")
@Timeout(240)
class TransitionsTest {
  private static final String RESULTS = "backbeat-lifecycle-transition-tasks";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  private final TestServices services = new TestServices();

  @Test
  void a_copy_is_made_its_result_told_and_what_is_left_collected() throws Exception {
    try (CloudServerSite site = new CloudServerSite(temp, services);
        KafkaProducer<String, String> producer = producer()) {
      ServerProcess process = site.start("processor,status,gc").awaitReady();
      String versionId =
          site.s3()
              .putObject(
                  r -> r.bucket(BUCKET).key("cooling"), RequestBody.fromString("seldom read"))
              .versionId();
      JsonNode metadata =
          JSON.readTree(site.source().metadata(BUCKET, "cooling", versionId).orElseThrow());
      ObjectVersion object = new ObjectVersion(BUCKET, "cooling", versionId);
      // As the lifecycle's bucket processor does before it asks.
      site.markInTransition(object);

      send(producer, "backbeat-data-mover", BUCKET + "/cooling", copy(object, metadata, ""));
      send(
          producer,
          "backbeat-data-mover",
          BUCKET + "/cooling",
          copy(object, metadata, "0000000000000000000000000000000"));

      List<JsonNode> results = results(2);
      assertThat(results)
          .as(process.output())
          .anySatisfy(
              result -> {
                assertThat(result.path("status").asText()).isEqualTo("success");
                assertThat(result.path("results").path("location").path(0).path("dataStoreName"))
                    .hasToString("\"aws-one\"");
                assertThat(result.path("target").path("version").asText()).isEqualTo(versionId);
              })
          .anySatisfy(
              result -> {
                assertThat(result.path("status").asText()).isEqualTo("error");
                assertThat(result.path("error").path("code").asText())
                    .isEqualTo("InvalidObjectState");
              });
      assertThat(site.source().cloud("aws-one").object(BUCKET, "cooling"))
          .hasValueSatisfying(
              copy -> assertThat(new String(copy.bytes(), UTF_8)).isEqualTo("seldom read"));

      int before = site.source().localData();
      send(producer, "backbeat-gc", null, collection(object, metadata));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(site.source().localData()).as(process.output()).isEqualTo(before - 1));
    }
  }

  private String copy(ObjectVersion object, JsonNode metadata, String otherTag) {
    String tag = otherTag.isEmpty() ? metadata.path("content-md5").asText() : otherTag;
    return """
        {"actionId": "%s", "action": "copyLocation",
         "contextInfo": {"origin": "lifecycle", "ruleType": "transition", "reqId": "r"},
         "target": {"accountId": "123456789012", "owner": "%s", "bucket": "%s", "key": "%s",
                    "version": "%s", "eTag": "\\"%s\\"", "attempt": 1},
         "toLocation": "%s", "resultsTopic": "%s"}
        """
        .formatted(
            UUID.randomUUID(),
            metadata.path("owner-id").asText(),
            object.bucket(),
            object.key(),
            object.versionId(),
            tag,
            AWS,
            RESULTS);
  }

  /** As the transition processor of the original writes it: without revision or fingerprint. */
  private static String collection(ObjectVersion object, JsonNode metadata) {
    JsonNode location = metadata.path("location").path(0);
    return """
        {"actionId": "%s", "action": "deleteData",
         "contextInfo": {"origin": "lifecycle", "ruleType": "transition", "reqId": "r",
                         "bucketName": "%s", "objectKey": "%s", "versionId": "%s"},
         "serviceName": "lifecycle-transition",
         "target": {"locations": [{"key": "%s", "dataStoreName": "us-east-1", "size": %d}],
                    "accountId": "123456789012", "owner": "%s"},
         "source": {"bucket": "%s", "objectKey": "%s", "storageClass": "us-east-1",
                    "lastModified": "%s"}}
        """
        .formatted(
            UUID.randomUUID(),
            object.bucket(),
            object.key(),
            object.versionId(),
            location.path("key").asText(),
            location.path("size").asLong(),
            metadata.path("owner-id").asText(),
            object.bucket(),
            object.key(),
            metadata.path("last-modified").asText());
  }

  private void send(
      KafkaProducer<String, String> producer, String topic, String key, String message)
      throws Exception {
    var unused =
        producer.send(new ProducerRecord<>(services.topic(topic), key, message.strip())).get();
  }

  private List<JsonNode> results(int count) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", services.kafka());
    settings.put("group.id", "results-" + UUID.randomUUID());
    settings.put("auto.offset.reset", "earliest");
    settings.put("metadata.max.age.ms", "500");
    List<JsonNode> results = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(services.topic(RESULTS)));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(message -> results.add(tree(message.value())));
                return results.size() >= count;
              });
    }
    return results;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private KafkaProducer<String, String> producer() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", services.kafka());
    settings.put("acks", "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }
}
