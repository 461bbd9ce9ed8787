package io.backbeat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FailedPagesTest {
  private static final LocationName PARIS = LocationName.of("paris");

  @Test
  void pages_are_joined_in_order_also_past_an_empty_one() {
    Pages pages = new Pages(Map.of(0L, page(7, "a", "b"), 7L, page(3), 3L, page(0, "c")));

    assertThat(pages.all(PARIS)).extracting(f -> f.object().key()).containsExactly("a", "b", "c");
    assertThat(pages.asked).containsExactly(0L, 7L, 3L);
  }

  @Test
  void stream_reads_only_the_pages_it_needs() {
    Pages pages = new Pages(Map.of(0L, page(7, "a", "b"), 7L, page(3, "c")));

    assertThat(pages.stream(PARIS).limit(2).count()).isEqualTo(2);
    assertThat(pages.asked).containsExactly(0L);
  }

  @Test
  void marker_that_does_not_move_is_an_error_and_not_a_loop() {
    Pages pages = new Pages(Map.of(0L, page(7, "a"), 7L, page(7, "a")));

    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> pages.stream(PARIS).count())
        .withMessageContaining("marker 7 came twice")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR));
  }

  @Test
  void pages_that_lead_in_a_circle_are_an_error_and_not_a_loop() {
    Pages pages = new Pages(Map.of(0L, page(7, "a"), 7L, page(3, "b"), 3L, page(7, "c")));

    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> pages.stream(PARIS).count());
  }

  @Test
  void nothing_is_left_behind_the_last_one() {
    Iterator<FailedOperation> none = new Pages(Map.of(0L, page(0))).all(PARIS).iterator();

    assertThat(none.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(none::next)
        .withMessageContaining("paris");
  }

  private static FailedPage page(long next, String... keys) {
    List<FailedOperation> operations = new ArrayList<>();
    for (String key : keys) {
      operations.add(
          new FailedOperation(
              ObjectVersion.unversioned("bucket", key),
              PARIS,
              1,
              Instant.EPOCH,
              1,
              Instant.EPOCH,
              Instant.EPOCH,
              "Broken",
              "broken"));
    }
    return new FailedPage(operations, next == 0 ? OptionalLong.empty() : OptionalLong.of(next));
  }

  private static final class Pages implements FailedOperations {
    private final Map<Long, FailedPage> pages;
    private final List<Long> asked = new ArrayList<>();

    Pages(Map<Long, FailedPage> pages) {
      this.pages = pages;
    }

    @Override
    public FailedPage list(LocationName location, long marker, int limit) {
      asked.add(marker);
      return pages.get(marker);
    }

    @Override
    public List<FailedOperation> find(ObjectVersion object) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<RetryResult> retry(List<RetryRequest> requests) {
      throw new UnsupportedOperationException();
    }
  }
}
