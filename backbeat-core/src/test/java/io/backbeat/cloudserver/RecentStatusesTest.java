package io.backbeat.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import io.backbeat.status.TrackedStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentStatusesTest {
  private static final ObjectVersion OBJECT = ObjectVersion.unversioned("bucket", "key");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // it may overflow at any time
  private final RecentStatuses recent = new RecentStatuses(Duration.ofSeconds(2), nanos::get);
  private int begun;

  private Future<Optional<TrackedStatus>> get() {
    return recent.get(
        OBJECT,
        () -> {
          begun++;
          return new CompletableFuture<>();
        });
  }

  @Test
  void read_that_is_under_way_is_shared() {
    assertThat(get()).isSameAs(get()).isNotDone();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void read_that_is_too_old_is_made_anew() {
    get();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2) + 1);
    get();
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void forgotten_read_is_made_anew() {
    get();
    recent.forget(OBJECT);
    get();
    assertThat(begun).isEqualTo(2);
  }
}
