package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.contract.BackbeatContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The contract over HTTP once more, with the resources mounted in an application of somebody else.
 * Ends with the check that every resource method was reached.
 */
class BackbeatInForeignApplicationTest extends BackbeatContract {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ResourceMethods resources = new ResourceMethods();
  private HttpServer server;
  private BackbeatClient client;

  @Override
  protected Backbeat carry(Backbeat operations, Clock clock) {
    ResourceConfig application =
        new ResourceConfig()
            .register(new BackbeatFeature(operations, RestOptions.DEFAULT.withClock(clock)))
            .register(resources)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    server =
        GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), application);
    int port = server.getListener("grizzly").getPort();
    client = BackbeatClient.create(URI.create("http://127.0.0.1:" + port));
    return client;
  }

  @Override
  protected void putDown() {
    server.shutdownNow();
  }

  /** Says nothing when only some of the tests were run. */
  @AfterAll
  void every_resource_method_was_reached() {
    if (complete()) {
      assertThat(resources.all()).contains("LocationsResource.pause", "ObjectsResource.status");
      assertThat(resources.missing())
          .as("resource methods that no test of the contract reaches")
          .isEmpty();
    }
  }

  /** The client needs neither, because another route tells more. */
  @Test
  void routes_without_a_method_of_their_own_tell_the_same() throws Exception {
    Instant when = Instant.parse("2030-01-01T00:00:00Z");
    LocationName oslo = LocationName.of("oslo");
    reference().locations().resumeAt(ServiceName.REPLICATION, oslo, when);

    assertThat(get("crr/resume/oslo")).isEqualTo("{\"oslo\":\"2030-01-01T00:00:00.000Z\"}");
    assertThat(get("healthcheck")).contains("\"kafkaProducer\":{\"status\":\"ok\"}");
    assertThat(client.health()).isEqualTo(reference().health());
    assertThat(get("openapi.json")).startsWith("{\n  \"openapi\": \"3.1.0\"");
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(client.baseUri().resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(10))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
