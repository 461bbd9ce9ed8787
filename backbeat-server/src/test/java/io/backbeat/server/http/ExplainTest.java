package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Blocker;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.Transition;
import io.backbeat.api.UnfinishedJob;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExplainTest extends RestTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "dir//é k", "v1");
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.100Z");

  @Test
  void explanation_tells_all_that_is_known_and_leaves_out_the_rest() {
    LocationExplanation paris =
        new LocationExplanation(
            new SiteReplication(FakeBackbeat.PARIS, SiteStatus.COMPLETED, "copy-1"),
            Optional.empty(),
            List.of(),
            List.of());
    LocationExplanation tokyo =
        new LocationExplanation(
            new SiteReplication(FakeBackbeat.TOKYO, SiteStatus.PENDING, ""),
            Optional.of(
                new UnfinishedJob(
                    UnfinishedJob.State.WAITING,
                    2,
                    AT,
                    Optional.of(new UnfinishedJob.Failure(AT, "Timeout", "no answer")),
                    Optional.of(AT.plusSeconds(9)),
                    OptionalLong.empty())),
            List.of(
                Blocker.of(Blocker.Reason.PAUSED),
                Blocker.until(Blocker.Reason.NEXT_ATTEMPT, AT.plusSeconds(9))),
            List.of(
                new Transition(
                    AT,
                    Transition.Event.ATTEMPT_FAILED,
                    2,
                    Optional.of(AT.plusSeconds(9)),
                    "Timeout",
                    "no answer"),
                Transition.of(AT.minusSeconds(1), Transition.Event.DESTINATION_UP, 0)));
    backbeat.explanations.put(
        OBJECT,
        new ObjectExplanation(
            OBJECT, "r1", OptionalLong.of(5), Optional.of(AT), List.of(paris, tokyo)));

    String expected =
        "{'Bucket':'b','Key':'dir//é k','VersionId':'v1','Status':'PROCESSING','Size':5,"
            + "'LastModified':'2026-11-22T10:00:00.100Z','Revision':'r1','Sites':["
            + "{'Site':'paris','Status':'COMPLETED','DataStoreVersionId':'copy-1',"
            + "'BlockedBy':[],'Transitions':[]},"
            + "{'Site':'tokyo','Status':'PENDING','Job':{'State':'WAITING','Attempts':2,"
            + "'CreatedAt':'2026-11-22T10:00:00.100Z','LastFailure':'2026-11-22T10:00:00.100Z',"
            + "'ErrorClass':'Timeout','Message':'no answer',"
            + "'NextAttempt':'2026-11-22T10:00:09.100Z'},"
            + "'BlockedBy':[{'Reason':'PAUSED'},"
            + "{'Reason':'NEXT_ATTEMPT','Until':'2026-11-22T10:00:09.100Z'}],"
            + "'Transitions':[{'Time':'2026-11-22T10:00:00.100Z','Event':'ATTEMPT_FAILED',"
            + "'Status':'PENDING','Attempts':2,'Until':'2026-11-22T10:00:09.100Z',"
            + "'ErrorClass':'Timeout','Message':'no answer'},"
            + "{'Time':'2026-11-22T09:59:59.100Z','Event':'DESTINATION_UP','Attempts':0}]}]}";
    String path = "crr/objects/b/dir//%C3%A9%20k?versionId=v1";
    for (String prefix : List.of("/_/backbeat/api/", "/_/")) {
      assertThat(get(prefix + path).body()).isEqualTo(expected.replace('\'', '"'));
    }
  }

  @Test
  void unknown_object_has_an_error_of_its_own() {
    HttpResponse<String> response = get("/_/crr/objects/b/k?versionId=v2");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":404,\"description\":\"no replicated object b/k?versionId=v2 is known\","
                + "\"ObjNotFound\":true}");
  }

  @Test
  void bucket_alone_is_no_object() {
    for (String path : List.of("crr/objects/b", "crr/objects/b/", "crr/objects//k")) {
      assertThat(get("/_/" + path).body())
          .isEqualTo(
              "{\"code\":404,\"description\":\"must provide bucket and object key in route: "
                  + path
                  + "\",\"RouteNotFound\":true}");
    }
    assertThat(backbeat.calls).isEmpty();
  }
}
