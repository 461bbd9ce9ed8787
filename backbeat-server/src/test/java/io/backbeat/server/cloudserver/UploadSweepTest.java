package io.backbeat.server.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.cloudserver.backends.AbandonedUploads;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.replication.UploadStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UploadSweepTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicBoolean left = new AtomicBoolean();

  @Test
  void close_returns_when_the_store_is_used_no_more() throws Exception {
    UploadSweep sweep = UploadSweep.start(uploads(), Duration.ofMillis(1));
    asked.await();

    sweep.close();

    assertThat(left).isTrue();
  }

  private AbandonedUploads uploads() {
    UploadStore slow =
        (UploadStore)
            Proxy.newProxyInstance(
                UploadStore.class.getClassLoader(),
                new Class<?>[] {UploadStore.class},
                (proxy, method, arguments) -> answerLate());
    return new AbandonedUploads(
        slow,
        new InMemoryStores(Clock.systemUTC(), 1).failedJobs(),
        role -> {
          throw new AssertionError("no upload is known");
        },
        Map.of(),
        AbandonedUploads.USUAL_REST,
        Clock.systemUTC());
  }

  /** As a driver that takes its time to notice that it is interrupted. */
  private List<Object> answerLate() throws InterruptedException {
    asked.countDown();
    try {
      never.await();
    } catch (InterruptedException e) {
      assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
    }
    left.set(true);
    return List.of();
  }
}
