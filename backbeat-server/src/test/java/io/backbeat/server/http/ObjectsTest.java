package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectsTest extends RestTest {
  private static final ObjectVersion VERSIONED = new ObjectVersion("b", "dir/é k", "v1");
  private static final ObjectVersion PLAIN = ObjectVersion.unversioned("b", "k");

  @Test
  void status_of_a_version_lists_its_destinations() {
    know(
        VERSIONED,
        new SiteReplication(FakeBackbeat.PARIS, SiteStatus.COMPLETED, "copy-1"),
        new SiteReplication(FakeBackbeat.TOKYO, SiteStatus.PENDING, ""));

    assertThat(get("/_/backbeat/api/objects/b/dir/%C3%A9%20k?versionId=v1").body())
        .isEqualTo(
            "{\"Bucket\":\"b\",\"Key\":\"dir/é k\",\"VersionId\":\"v1\","
                + "\"Status\":\"PROCESSING\",\"Sites\":["
                + "{\"Site\":\"paris\",\"Status\":\"COMPLETED\",\"DataStoreVersionId\":\"copy-1\"},"
                + "{\"Site\":\"tokyo\",\"Status\":\"PENDING\"}]}");
  }

  @Test
  void object_without_versions_needs_no_version_id() {
    know(PLAIN, new SiteReplication(FakeBackbeat.PARIS, SiteStatus.FAILED, ""));
    String expected =
        "{\"Bucket\":\"b\",\"Key\":\"k\",\"Status\":\"FAILED\",\"Sites\":["
            + "{\"Site\":\"paris\",\"Status\":\"FAILED\"}]}";

    assertThat(get("/_/objects/b/k").body()).isEqualTo(expected);
    assertThat(get("/_/objects/b/k?versionId=").body()).isEqualTo(expected);
    assertThat(get("/_/objects/b/k?unversioned=true").body()).isEqualTo(expected);
  }

  @Test
  void unknown_object_has_an_error_of_its_own() {
    HttpResponse<String> response = get("/_/objects/b/k?versionId=v2");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":404,\"description\":\"no replicated object b/k?versionId=v2 is known\","
                + "\"ObjNotFound\":true}");
  }

  @Test
  void bucket_alone_is_no_object() {
    for (String path : List.of("objects/b", "objects/b/", "objects//k")) {
      assertThat(get("/_/" + path).body())
          .isEqualTo(
              "{\"code\":404,\"description\":\"must provide bucket and object key in route: "
                  + path
                  + "\",\"RouteNotFound\":true}");
    }
    assertThat(backbeat.calls).isEmpty();
  }

  private void know(ObjectVersion object, SiteReplication... sites) {
    backbeat.replication.put(object, new ReplicationStatus(object, List.of(sites)));
  }
}
