package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Very many clients that connect and say nothing, with both ends in this JVM. */
class IdleConnectionsTest extends RestTest {
  private static final int WANTED = 10_000;
  private static final int SPARE_DESCRIPTORS = 500;
  private static final long MOST_BYTES_PER_CONNECTION = 16 * 1024;

  @Test
  @Timeout(60)
  void ten_thousand_idle_connections_hold_no_thread_and_little_memory() throws IOException {
    int count = Math.min(WANTED, descriptorsLeft() / 2);
    assumeTrue(count >= 100, "too few file descriptors");
    get("/_/crr/status");
    int threads = Thread.activeCount();
    long heap = usedHeap();
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        idle.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", server.uri().getPort())));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> server.connections() >= count);

      long start = System.nanoTime();
      assertThat(get("/_/crr/status").statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(Thread.activeCount()).isLessThan(threads + 20);
      assertThat((usedHeap() - heap) / count).isLessThan(MOST_BYTES_PER_CONNECTION);
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> server.connections() <= 2);
  }

  private static int descriptorsLeft() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) (unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount())
            - SPARE_DESCRIPTORS
        : 0;
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
