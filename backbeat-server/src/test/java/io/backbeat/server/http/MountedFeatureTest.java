package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feature in an application of somebody else, below a path of its own. */
class MountedFeatureTest {
  private HttpServer host;

  @BeforeEach
  void start() {
    ResourceConfig application =
        new ResourceConfig()
            .register(OwnResource.class)
            .register(new BackbeatFeature(new FakeBackbeat()));
    host =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/base/"), application);
  }

  @AfterEach
  void stop() {
    host.shutdownNow();
  }

  @Test
  void routes_are_served_below_the_base() throws Exception {
    assertThat(answer("GET", "_/crr/status").body()).contains("\"paris\":\"enabled\"");
    assertThat(answer("GET", "_/backbeat/api/crr/status/paris?a=b").body()).contains("enabled");
    assertThat(answer("GET", "_/crr/status/nowhere").body())
        .contains("path crr/status/nowhere does not exist");
  }

  @Test
  void other_resources_keep_their_verbs_and_their_errors() throws Exception {
    assertThat(answer("PUT", "own").body()).isEqualTo("put");
    assertThat(answer("GET", "own").statusCode()).isEqualTo(418);
    assertThat(answer("GET", "own").body()).isEqualTo("teapot");
    assertThat(answer("GET", "nothing").body()).doesNotContain("RouteNotFound");
    assertThat(answer("GET", "own").headers().firstValue("x-amz-request-id")).isEmpty();
  }

  private HttpResponse<String> answer(String method, String path)
      throws IOException, InterruptedException {
    URI uri =
        URI.create("http://127.0.0.1:" + host.getListener("grizzly").getPort() + "/base/" + path);
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** A resource of the host. */
  @Path("own")
  public static final class OwnResource {
    @GET
    public String teapot() {
      throw new WebApplicationException(Response.status(418).entity("teapot").build());
    }

    @PUT
    public String put() {
      return "put";
    }
  }
}
