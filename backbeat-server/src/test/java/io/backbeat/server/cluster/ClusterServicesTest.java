package io.backbeat.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import org.junit.jupiter.api.Test;

class ClusterServicesTest {
  @Test
  void a_missing_topic_that_nothing_will_make_is_a_fault_that_names_it() {
    ComponentHealth missing = ClusterServices.topicHealth("p.backbeat-replication", false, false);

    assertThat(missing.state()).isEqualTo(ComponentHealth.State.FAILING);
    assertThat(missing.detail()).contains("p.backbeat-replication").contains("topicCreation");
    assertThat(ClusterServices.topicHealth("t", false, true).state())
        .isEqualTo(ComponentHealth.State.OK);
    assertThat(ClusterServices.topicHealth("t", true, false).state())
        .isEqualTo(ComponentHealth.State.OK);
  }
}
