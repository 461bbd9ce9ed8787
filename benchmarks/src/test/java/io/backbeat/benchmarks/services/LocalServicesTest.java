package io.backbeat.benchmarks.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.server.config.ClusterConfig;
import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.LoadedConfig;
import io.backbeat.server.config.RedisServers;
import io.backbeat.server.config.ServerAddress;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServicesTest {
  @TempDir Path temp;

  @Test
  void services_run_where_their_configuration_says_and_are_gone_after_close() throws Exception {
    List<ServerAddress> places = new ArrayList<>();
    try (LocalServices services = LocalServices.start(temp, Optional.empty())) {
      assertThat(services.lines()).hasSize(6);
      LoadedConfig loaded =
          new ConfigLoader(temp, Map.of("BACKBEAT_CONFIG_FILE", "config.json"))
              .load(CommandLineSettings.NONE, true);
      assertThat(loaded.problems()).isEmpty();
      ClusterConfig config = loaded.config().orElseThrow().cluster().orElseThrow();
      places.add(address(config.kafka().hosts()));
      places.add(address(config.zookeeper().connectionString().replace("/backbeat", "")));
      places.add(((RedisServers.Single) config.redis().servers()).address());
      for (ServerAddress place : places) {
        connect(place);
      }
    }

    for (ServerAddress place : places) {
      assertThatThrownBy(() -> connect(place)).isInstanceOf(ConnectException.class);
    }
    assertThat(Files.exists(temp.resolve("kafka/broker-1"))).isTrue();
  }

  private static ServerAddress address(String text) {
    int colon = text.lastIndexOf(':');
    return new ServerAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  private static void connect(ServerAddress place) throws Exception {
    try (Socket socket = new Socket(place.host(), place.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }
}
