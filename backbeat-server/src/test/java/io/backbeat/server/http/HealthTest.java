package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.HealthReport;
import io.backbeat.api.TopicHealth;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest extends RestTest {
  @Test
  void healthy_system_has_the_connections_that_monitoring_looks_for() {
    assertThat(get("/_/healthcheck").body())
        .isEqualTo(
            "{\"topics\":{},\"internalConnections\":{\"zookeeper\":{\"status\":\"ok\",\"details\":"
                + "{\"name\":\"SYNC_CONNECTED\",\"code\":3}},\"kafkaProducer\":"
                + "{\"status\":\"ok\"}}}");
  }

  @Test
  void failing_part_is_an_error_that_is_still_answered() {
    backbeat.health =
        () ->
            new HealthReport(
                List.of(
                    new ComponentHealth("populator", ComponentHealth.State.DEGRADED, "slow"),
                    new ComponentHealth("store", ComponentHealth.State.FAILING, "no answer")));

    HttpResponse<String> response = get("/_/healthcheck");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"topics\":{},\"internalConnections\":{\"zookeeper\":{\"status\":\"error\","
                + "\"details\":{\"name\":\"DISCONNECTED\",\"code\":0}},\"kafkaProducer\":"
                + "{\"status\":\"error\"}}}");
  }

  private static final TopicHealth TOPIC =
      new TopicHealth(
          "backbeat-replication",
          List.of(
              new TopicHealth.Partition(0, 1, List.of(1, 2, 3), List.of(1, 2)),
              new TopicHealth.Partition(1, 2, List.of(2, 3, 1), List.of(2, 3, 1))),
          2);

  private static HealthReport cluster(TopicHealth topic, ComponentHealth... parts) {
    return new HealthReport(List.of(parts), List.of(topic));
  }

  private static ComponentHealth part(String name, ComponentHealth.State state, String detail) {
    return new ComponentHealth(name, state, detail);
  }

  @Test
  void cluster_has_topics_and_connections_in_the_shape_and_order_of_the_original() {
    backbeat.health =
        () ->
            cluster(
                TOPIC,
                part("kafka", ComponentHealth.State.OK, ""),
                part("zookeeper", ComponentHealth.State.OK, "SYNC_CONNECTED"));

    assertThat(get("/_/healthcheck").body())
        .isEqualTo(
            "{\"topics\":{\"backbeat-replication\":{\"name\":\"backbeat-replication\",\"partitions\":["
                + "{\"id\":0,\"leader\":1,\"replicas\":[1,2,3],\"isrs\":[1,2]},"
                + "{\"id\":1,\"leader\":2,\"replicas\":[2,3,1],\"isrs\":[2,3,1]}]}},"
                + "\"internalConnections\":{\"isrHealth\":\"ok\",\"zookeeper\":{\"status\":\"ok\",\"details\":"
                + "{\"name\":\"SYNC_CONNECTED\",\"code\":3}},\"kafkaProducer\":{\"status\":\"ok\"}}}");
  }

  @Test
  void
      connections_tell_of_their_own_service_and_replicas_are_compared_with_the_minimum_of_the_topic() {
    backbeat.health =
        () ->
            cluster(
                new TopicHealth(TOPIC.name(), TOPIC.partitions(), 3),
                part("redis", ComponentHealth.State.FAILING, "no answer"),
                part("kafka", ComponentHealth.State.OK, ""),
                part("zookeeper", ComponentHealth.State.FAILING, "EXPIRED"));

    assertThat(get("/_/healthcheck").body())
        .endsWith(
            "\"internalConnections\":{\"isrHealth\":\"error\",\"zookeeper\":{\"status\":\"error\",\"details\":"
                + "{\"name\":\"EXPIRED\",\"code\":-122}},\"kafkaProducer\":{\"status\":\"ok\"}}}");
  }

  @Test
  void service_that_gives_no_answer_at_all_is_disconnected() {
    backbeat.health =
        () ->
            new HealthReport(
                List.of(
                    part("kafka", ComponentHealth.State.FAILING, "no answer within PT5S"),
                    part("zookeeper", ComponentHealth.State.FAILING, "no answer within PT5S")));

    HttpResponse<String> response = get("/_/healthcheck");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"topics\":{},\"internalConnections\":{\"zookeeper\":{\"status\":\"error\",\"details\":"
                + "{\"name\":\"DISCONNECTED\",\"code\":0}},\"kafkaProducer\":{\"status\":\"error\"}}}");
  }

  @Test
  void health_lists_topics_with_their_minimum_after_the_parts() {
    backbeat.health = () -> cluster(TOPIC, part("kafka", ComponentHealth.State.OK, ""));

    assertThat(get("/_/health").body())
        .startsWith("{\"status\":\"OK\",\"components\":[{\"component\":\"kafka\",")
        .endsWith("\"isrs\":[2,3,1]}],\"minInSyncReplicas\":2}]}");
  }

  @Test
  void health_lists_every_part_with_what_it_says() {
    assertThat(get("/_/health").body())
        .isEqualTo(
            "{\"status\":\"OK\",\"components\":["
                + "{\"component\":\"store\",\"state\":\"OK\",\"detail\":\"\"}]}");

    backbeat.health =
        () ->
            new HealthReport(
                List.of(
                    new ComponentHealth("populator", ComponentHealth.State.DEGRADED, "slow"),
                    new ComponentHealth("store", ComponentHealth.State.FAILING, "no answer")));
    HttpResponse<String> response = get("/_/backbeat/api/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"status\":\"FAILING\",\"components\":["
                + "{\"component\":\"populator\",\"state\":\"DEGRADED\",\"detail\":\"slow\"},"
                + "{\"component\":\"store\",\"state\":\"FAILING\",\"detail\":\"no answer\"}]}");
  }
}
