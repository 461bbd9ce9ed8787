package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.JobType;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.status.TrackedStatus;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes, says what was acknowledged, and is killed. */
@Timeout(120)
class CrashTest {
  private static final LocationName PARIS = LocationName.of("paris");

  @TempDir Path directory;
  private final Set<String> appended = new HashSet<>();
  private final Set<String> published = new HashSet<>();
  private final Set<String> completed = new HashSet<>();
  private long committed;

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * Reads acknowledgements; kills the writer after some, at a moment that has nothing to do with
   * what it is at.
   */
  private void runAndKill(int acknowledgements, int micros) throws Exception {
    Process process = start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(line);
        if (++seen == acknowledgements) {
          TimeUnit.MICROSECONDS.sleep(micros);
          // Not Process.destroyForcibly, which would throw away what it has printed.
          process.toHandle().destroyForcibly();
        }
      }
      assertThat(seen).isGreaterThanOrEqualTo(acknowledgements);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void note(String line) {
    // The last line may be torn by the kill; it is complete only with its end mark.
    if (!line.endsWith(".")) {
      return;
    }
    String value = line.substring(1, line.length() - 1);
    switch (line.charAt(0)) {
      case 'a' -> appended.add(value);
      case 'p' -> published.add(value);
      case 's' -> completed.add(value);
      case 'c' -> committed = Long.parseLong(value);
      default -> throw new IllegalStateException("must begin with a, p, s or c: " + line);
    }
  }

  @Test
  void nothing_acknowledged_is_lost_by_kill_9() throws Exception {
    Random random = new Random();
    for (int round = 0; round < 4; round++) {
      runAndKill(100 + random.nextInt(400), random.nextInt(2000));
      try (EmbeddedStore store = EmbeddedStore.open(directory)) {
        check(store);
      }
    }
  }

  private void check(EmbeddedStore store) {
    for (String key : appended) {
      ObjectVersion object = ObjectVersion.unversioned("bucket", key);
      TrackedStatus status = store.statuses().find(List.of(object)).get(object);
      assertThat(status).as("status of " + key).isNotNull();
      assertThat(store.journal().find(object)).as("metadata of " + key).isPresent();
      if (completed.contains(key)) {
        assertThat(status.at(PARIS).orElseThrow().status()).isEqualTo(SiteStatus.COMPLETED);
      }
    }
    List<Delivery> rest = rest(store);
    // Whatever was published is delivered again, unless it was committed; nothing before the
    // acknowledged commit is.
    assertThat(rest).allMatch(delivery -> delivery.offset() >= committed);
    Set<String> delivered = new HashSet<>(CrashingWriter.keysBefore(committed));
    rest.forEach(d -> delivered.add(((Delivery.OfJob) d).job().object().key()));
    long first = rest.isEmpty() ? committed : rest.get(0).offset();
    // One commit at most was made and not told.
    assertThat(first).isBetween(committed, committed + 1);
    delivered.addAll(CrashingWriter.keysBefore(first));
    assertThat(delivered).containsAll(published);
    assertThat(rest).extracting(Delivery::offset).isSorted().doesNotHaveDuplicates();
  }

  private static List<Delivery> rest(EmbeddedStore store) {
    List<Delivery> rest = new ArrayList<>();
    try (JobConsumer consumer = store.queue().consumer(new QueueName(JobType.REPLICATION, PARIS))) {
      List<Delivery> some = consumer.poll(1000, Duration.ZERO);
      while (!some.isEmpty()) {
        rest.addAll(some);
        some = consumer.poll(1000, Duration.ZERO);
      }
    }
    return rest;
  }

  @Test
  void directory_of_another_process_is_refused_naming_it_and_free_after_its_end() throws Exception {
    Process process = start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isNotNull();

      org.assertj.core.api.Assertions.assertThatThrownBy(() -> EmbeddedStore.open(directory))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining("pid " + process.pid())
          .hasMessageContaining("started 2");
    } finally {
      process.destroyForcibly().waitFor();
    }

    EmbeddedStore.open(directory).close();
  }
}
