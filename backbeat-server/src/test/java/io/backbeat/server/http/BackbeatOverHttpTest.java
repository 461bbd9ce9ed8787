package io.backbeat.server.http;

import io.backbeat.api.Backbeat;
import io.backbeat.client.BackbeatClient;
import io.backbeat.contract.BackbeatContract;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import java.time.Clock;

/** The contract over HTTP: the client, the bundled server, the engine. */
class BackbeatOverHttpTest extends BackbeatContract {
  private BackbeatServer server;

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
