package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionIdGeneratorTest {
  private final TestClock clock = new TestClock();

  @Test
  void id_tells_time_sequence_and_group() {
    clock.now = Instant.ofEpochMilli(1_795_344_464_368L);
    VersionIdGenerator ids = new VersionIdGenerator(clock, "RG001");
    assertThat(ids.next()).isEqualTo("98204655535631999999RG001  ");
    assertThat(ids.next()).isEqualTo("98204655535631999998RG001  ");
    clock.now = clock.now.plusMillis(1);
    assertThat(ids.next()).isEqualTo("98204655535630999999RG001  ");
  }

  @Test
  void newer_id_sorts_first_also_when_the_clock_goes_back() {
    VersionIdGenerator ids = new VersionIdGenerator(clock, "RG001");
    String last = ids.next();
    for (int step : new int[] {0, 5, -20, 1, 0, 30, -1}) {
      clock.now = clock.now.plusMillis(step);
      String next = ids.next();
      assertThat(next).isLessThan(last);
      last = next;
    }
  }

  @Test
  void more_ids_in_a_millisecond_than_the_sequence_holds_stay_ordered() {
    VersionIdGenerator ids = new VersionIdGenerator(clock, "RG001");
    String last = ids.next();
    for (int i = 0; i < 1_000_005; i++) {
      String next = ids.next();
      if (next.compareTo(last) >= 0) {
        assertThat(next).isLessThan(last);
      }
      last = next;
    }
    assertThat(last).hasSize(27);
  }

  @Test
  void id_is_encoded_in_32_characters() {
    String id = new VersionIdGenerator(clock, "g").next();
    assertThat(VersionId.encode(id)).hasSize(32);
    assertThat(VersionId.decode(VersionId.encode(id))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345678", "Zürich", "a\0b"})
  void group_that_does_not_fit_is_refused(String group) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VersionIdGenerator(clock, group))
        .withMessageContaining("1 to 7 printable ASCII characters");
  }

  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T10:47:44.368Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
