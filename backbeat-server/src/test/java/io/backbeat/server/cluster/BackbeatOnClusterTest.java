package io.backbeat.server.cluster;

import io.backbeat.api.Backbeat;
import io.backbeat.client.BackbeatClient;
import io.backbeat.contract.BackbeatContract;
import io.backbeat.log.LogPosition;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.server.config.ServerRole;
import io.backbeat.store.Stores;
import io.backbeat.testing.DelegatingStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The contract over HTTP on Kafka, Redis, ZooKeeper and the stand-in of MongoDB. */
class BackbeatOnClusterTest extends BackbeatContract {
  private BackbeatServer server;

  @Override
  protected Stores stores(Path directory) {
    ClusterProfile profile =
        ClusterProfile.open(
            new TestServices().config(directory, ServerRole.text(ServerRole.ALL), ""));
    listNothing(profile.stores());
    return new DelegatingStores(profile.stores()) {
      @Override
      public void close() {
        profile.close();
      }
    };
  }

  /**
   * A log that begins lists what there is, and hears of what is written meanwhile a second time.
   * Numbers of jobs that wait would not be those of the objects then.
   */
  private static void listNothing(Stores stores) {
    LogPosition position = LogPosition.BEGINNING;
    for (int round = 0; round < 3; round++) {
      position = stores.journal().read(position, 100, Duration.ZERO).next();
    }
    stores.positions().save(stores.journal().name(), position);
  }

  @Override
  protected Backbeat carry(Backbeat operations, Clock clock) {
    server = BackbeatServer.start(operations, ServerOptions.DEFAULT.withPort(0), clock);
    return BackbeatClient.create(server.uri());
  }

  @Override
  protected void putDown() {
    server.close();
  }
}
