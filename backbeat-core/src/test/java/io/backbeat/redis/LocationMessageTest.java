package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.redis.LocationCommand.CancelResume;
import io.backbeat.redis.LocationCommand.Pause;
import io.backbeat.redis.LocationCommand.Resume;
import io.backbeat.redis.LocationCommand.ResumeAt;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationMessageTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final Instant DATE = Instant.parse("2026-11-22T16:11:22.544Z");

  @Test
  void messages_are_those_of_the_original() {
    assertThat(LocationMessage.encode(new Pause(NONE))).isEqualTo("{\"action\":\"pauseService\"}");
    assertThat(LocationMessage.encode(new Resume(NONE)))
        .isEqualTo("{\"action\":\"resumeService\"}");
    assertThat(LocationMessage.encode(new ResumeAt(DATE, NONE)))
        .isEqualTo("{\"action\":\"resumeService\",\"date\":\"2026-11-22T16:11:22.544Z\"}");
    assertThat(LocationMessage.encode(new CancelResume(NONE)))
        .isEqualTo("{\"action\":\"deleteScheduledResumeService\"}");
  }

  @Test
  void revision_is_one_more_member() {
    assertThat(LocationMessage.encode(new Pause(OptionalLong.of(7))))
        .isEqualTo("{\"action\":\"pauseService\",\"revision\":7}");
  }

  @Test
  void what_is_written_is_read() {
    OptionalLong revision = OptionalLong.of(3);
    for (LocationCommand command :
        List.of(
            new Pause(NONE),
            new Resume(revision),
            new ResumeAt(DATE, NONE),
            new ResumeAt(DATE, revision),
            new CancelResume(revision))) {
      assertThat(LocationMessage.decode(LocationMessage.encode(command))).contains(command);
    }
  }

  @Test
  void date_that_is_null_resumes_now_as_with_the_original() {
    assertThat(LocationMessage.decode("{\"action\":\"resumeService\",\"date\":null}"))
        .contains(new Resume(NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "5",
        "{}",
        "{\"action\":\"stopService\"}",
        "{\"action\":5}",
        "{\"action\":\"resumeService\",\"date\":\"tomorrow\"}"
      })
  void anything_else_is_no_command(String message) {
    assertThat(LocationMessage.decode(message)).isEmpty();
  }
}
