package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.HealthReport;
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
