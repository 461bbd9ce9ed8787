package io.backbeat.server.demo;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.backbeat.api.ServiceName;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The REST API of a demo, for this machine only. */
final class RestApi implements AutoCloseable {
  private final BackbeatServer server;

  private RestApi(BackbeatServer server) {
    this.server = server;
  }

  /** Starts to serve; a port that is taken is an error that names it. */
  static RestApi start(Backbeat backbeat, int port) {
    try {
      return new RestApi(BackbeatServer.start(backbeat, ServerOptions.DEFAULT.withPort(port)));
    } catch (UncheckedIOException e) {
      throw new DemoException(
          "the REST API cannot use port "
              + port
              + " of 127.0.0.1, which another program may have; give another one with --port, 0 for any: "
              + e.getMessage(),
          e);
    }
  }

  /** Says where it is, and what to try. */
  void introduce(DemoPlan plan, Screen screen) {
    String crr = ServiceName.REPLICATION.wireName();
    String location =
        URLEncoder.encode(plan.locations().get(0).value(), StandardCharsets.UTF_8)
            .replace("+", "%20");
    screen.say("REST API  " + base() + ", try:");
    screen.say("  curl " + url(ApiPaths.HEALTHCHECK));
    screen.say("  curl " + url(ApiPaths.METRICS + "/" + crr + "/" + ApiPaths.ALL));
    screen.say("  curl -X POST " + url(crr + "/" + ApiPaths.PAUSE + "/" + location));
    screen.say("  curl " + url(crr + "/" + ApiPaths.STATUS + "/" + ApiPaths.ALL));
    screen.say("  curl -X POST " + url(crr + "/" + ApiPaths.RESUME + "/" + location));
    screen.say("  curl '" + url(ApiPaths.FAILED + "?" + ApiPaths.SITE_NAME + "=" + location) + "'");
    screen.blank();
  }

  private String base() {
    String uri = server.uri().toString();
    return (uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri) + ApiPaths.PUBLIC_PREFIX;
  }

  private String url(String path) {
    return base() + path;
  }

  @Override
  public void close() {
    server.close();
  }
}
