package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest extends RestTest {
  private static final Instant SOON = Instant.parse("2030-01-01T00:00:00Z");

  @BeforeEach
  void tokyo_is_paused_until_soon() {
    for (ServiceName service : ServiceName.values()) {
      backbeat.put(service, FakeBackbeat.TOKYO, TargetState.PAUSED, Optional.of(SOON));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"crr", "ingestion", "lifecycle"})
  void status_is_what_is_wanted(String service) {
    assertThat(get("/_/" + service + "/status").body())
        .isEqualTo("{\"paris\":\"enabled\",\"tokyo\":\"disabled\"}");
    assertThat(get("/_/" + service + "/status/tokyo").body()).isEqualTo("{\"tokyo\":\"disabled\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crr", "ingestion"})
  void schedule_is_iso(String service) {
    assertThat(get("/_/" + service + "/resume").body())
        .isEqualTo("{\"paris\":\"none\",\"tokyo\":\"2030-01-01T00:00:00.000Z\"}");
  }

  @Test
  void schedule_of_lifecycle_is_the_long_text() {
    assertThat(get("/_/lifecycle/resume/tokyo/schedule").body())
        .isEqualTo(
            "{\"tokyo\":\"Tue Jan 01 2030 00:00:00 GMT+0000 (Coordinated Universal Time)\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crr", "ingestion", "lifecycle"})
  void pause_and_resume_reach_one_location_or_all(String service) {
    assertThat(post("/_/" + service + "/pause", "").body()).isEqualTo("{}");
    assertThat(post("/_/" + service + "/pause/paris", "ignored").body()).isEqualTo("{}");
    assertThat(post("/_/" + service + "/resume/all", "").body()).isEqualTo("{}");
    assertThat(post("/_/" + service + "/resume/tokyo", "{").body()).isEqualTo("{}");
    assertThat(send("DELETE", "/_/" + service + "/resume/all/schedule", "").body()).isEqualTo("{}");

    assertThat(backbeat.calls)
        .containsExactly(
            "pause " + service + " paris",
            "pause " + service + " tokyo",
            "pause " + service + " paris",
            "resume " + service + " paris",
            "resume " + service + " tokyo",
            "resume " + service + " tokyo",
            "cancel " + service + " paris",
            "cancel " + service + " tokyo");
  }

  @Test
  void schedule_counts_hours_from_now() {
    assertThat(post("/_/crr/resume/paris/schedule", "{\"hours\":1}").body()).isEqualTo("{}");
    assertThat(post("/_/lifecycle/resume/tokyo/schedule", "").body()).isEqualTo("{}");

    assertThat(backbeat.calls)
        .containsExactly(
            "resume at 2026-11-22T13:00:00Z crr paris",
            "resume at 2026-11-22T18:00:00Z lifecycle tokyo");
  }

  @Test
  void wrong_hours_change_nothing() {
    assertThat(post("/_/crr/resume/all/schedule", "{\"hours\":true}").body())
        .isEqualTo(
            "{\"code\":400,\"description\":\"The body of your POST request is not well-formed:"
                + " hours must be an integer greater than 0\",\"MalformedPOSTRequest\":true}");
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void anything_but_a_schedule_behind_resume_changes_nothing() {
    assertThat(post("/_/crr/resume/paris/scheduel", "").statusCode()).isEqualTo(404);
    assertThat(backbeat.calls).isEmpty();
  }

  @Test
  void instant_of_a_schedule_is_taken_as_it_is() {
    post("/_/crr/resume/paris/schedule", "{\"at\":\"2030-01-01T00:00:00Z\",\"hours\":1}");

    assertThat(backbeat.calls).containsExactly("resume at 2030-01-01T00:00:00Z crr paris");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET crr/status",
        "POST lifecycle/pause",
        "POST ingestion/resume",
        "POST crr/resume/all/schedule",
        "DELETE crr/resume/all/schedule",
      })
  void detail_is_all_that_is_known_of_a_location(String route) {
    int blank = route.indexOf(' ');
    String path = "/_/" + route.substring(blank + 1);

    assertThat(send(route.substring(0, blank), path + "?detail=true", "").body())
        .isEqualTo(
            "{\"paris\":{\"target\":\"RUNNING\",\"observed\":\"UNKNOWN\",\"revision\":1},"
                + "\"tokyo\":{\"target\":\"PAUSED\",\"observed\":\"UNKNOWN\","
                + "\"resumeAt\":\"2030-01-01T00:00:00.000Z\",\"revision\":1}}");
  }

  @Test
  void wrong_detail_changes_nothing() {
    assertThat(post("/_/crr/pause?detail=1", "").body())
        .isEqualTo(
            "{\"code\":400,\"description\":\"detail must be true or false\","
                + "\"InvalidQueryParameter\":true}");
    assertThat(backbeat.calls).isEmpty();
  }
}
