package io.backbeat.server.golden;

import io.backbeat.api.Backbeat;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.server.http.ErrorForm;
import io.backbeat.server.http.RestOptions;
import io.backbeat.server.http.Strangers;
import java.time.Clock;

/** The bundled server, and one that does not admit us, both with one form of errors. */
final class Listeners implements AutoCloseable {
  private final BackbeatServer server;
  private final Strangers strangers;

  Listeners(Backbeat backbeat, Clock clock, ErrorForm form) {
    ServerOptions options =
        ServerOptions.DEFAULT.withPort(0).withErrorForm(form).withAccessLog(false);
    this.server = BackbeatServer.start(backbeat, options, clock);
    this.strangers =
        new Strangers(backbeat, new RestOptions(clock, RestOptions.DEFAULT_BODY_LIMIT_BYTES, form));
  }

  int port(GoldenRecord record) {
    return record.group().equals("ip-not-allowed") ? strangers.port() : server.uri().getPort();
  }

  @Override
  public void close() {
    strangers.close();
    server.close();
  }
}
