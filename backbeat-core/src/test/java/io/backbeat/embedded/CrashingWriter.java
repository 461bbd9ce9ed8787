package io.backbeat.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import io.backbeat.status.StatusChange;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The process that is killed: appends, publishes, completes and commits one object after the other,
 * and prints each acknowledgement at once. Keys are {@code key-<offset in the queue>}.
 */
final class CrashingWriter {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final QueueName QUEUE = new QueueName(JobType.REPLICATION, PARIS);

  /**
   * How far settling stays behind publishing, so that there is always something to be delivered
   * again.
   */
  private static final int BEHIND = 20;

  private CrashingWriter() {}

  static List<String> keysBefore(long offset) {
    return LongStream.range(0, offset).mapToObj(i -> "key-" + i).toList();
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]));
    JobConsumer consumer = store.queue().consumer(QUEUE);
    long next = end(consumer);
    consumer = store.queue().consumer(QUEUE);
    while (true) {
      String key = "key-" + next++;
      Metadata document = Metadata.pending("bucket", key, "paris");
      store.journal().append(List.of(document.put()));
      out.print("a" + key + ".\n");
      String revision = revision(store, document.object());
      Job job = Jobs.aJob().object(document.object()).revision(revision).build();
      store.queue().publish(List.of(job));
      out.print("p" + key + ".\n");
      if (store.queue().backlog(QUEUE) > BEHIND) {
        settle(store, consumer, out);
      }
    }
  }

  /** Reads to the end to learn where it is, as keys tell their offset. */
  private static long end(JobConsumer consumer) {
    long end = 0;
    try (consumer) {
      List<Delivery> some = consumer.poll(1000, Duration.ZERO);
      while (!some.isEmpty()) {
        end = some.get(some.size() - 1).offset() + 1;
        some = consumer.poll(1000, Duration.ZERO);
      }
    }
    return end;
  }

  private static void settle(EmbeddedStore store, JobConsumer consumer, PrintStream out) {
    for (Delivery delivery : consumer.poll(1, Duration.ZERO)) {
      Job job = ((Delivery.OfJob) delivery).job();
      // Of an earlier run, and appended without having been printed: the revision is what the store
      // has.
      StatusChange change =
          new StatusChange(
              job.object(), PARIS, revision(store, job.object()), StatusEvent.REPLICATED, "");
      store.statuses().apply(List.of(change));
      out.print("s" + job.object().key() + ".\n");
      consumer.commit(delivery.partition(), delivery.offset() + 1, delivery.generation());
      out.print("c" + (delivery.offset() + 1) + ".\n");
    }
  }

  private static String revision(EmbeddedStore store, ObjectVersion object) {
    return store.statuses().find(List.of(object)).get(object).revision();
  }
}
