package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.OpenUpload.Part;
import io.backbeat.replication.UploadStore;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.Jobs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an {@link UploadStore} promises. */
public abstract class UploadStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");
  private static final JobKey JOB =
      Jobs.aJob().object(new ObjectVersion("b", "dir/a:b\n\uD83D\uDE00", "null")).jobKey();

  private UploadStore store;

  /** An empty store. */
  protected abstract UploadStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  private static OpenUpload upload(JobKey job, String id, Instant at) {
    return OpenUpload.begun(job, "r1", id, "arn:aws:iam::1:role/a", at);
  }

  private static List<String> ids(List<OpenUpload> uploads) {
    return uploads.stream().map(OpenUpload::uploadId).toList();
  }

  @Test
  void empty_store_has_nothing() {
    assertThat(store.find(JOB)).isEmpty();
    assertThat(store.untouched(Instant.parse("2100-01-01T00:00:00Z"), 10)).isEmpty();
    assertThat(store.count()).isZero();
  }

  @Test
  void upload_is_found_with_all_it_had() {
    OpenUpload begun = upload(JOB, "u.1$/\"", NOW);
    store.begin(begun);

    assertThat(store.find(JOB)).containsExactly(begun);
    assertThat(store.count()).isOne();
  }

  @Test
  void parts_are_found_by_number_and_a_repeated_one_is_replaced() {
    store.begin(upload(JOB, "u", NOW));
    store.addPart(JOB, "u", new Part(10, "ten", 3, 5L << 40), NOW.plusMillis(1));
    store.addPart(JOB, "u", new Part(2, "two", 0, 7), NOW.plusMillis(2));
    store.addPart(JOB, "u", new Part(10, "\"TEN\"", 4, 8), NOW.plusMillis(3));

    OpenUpload found = store.find(JOB).get(0);
    assertThat(found.parts())
        .containsExactly(new Part(2, "two", 0, 7), new Part(10, "\"TEN\"", 4, 8));
    assertThat(found.touchedAt()).isEqualTo(NOW.plusMillis(3));
    assertThat(found.begunAt()).isEqualTo(NOW);
  }

  @Test
  void upload_that_is_begun_again_has_the_parts_it_says() {
    store.begin(upload(JOB, "u", NOW));
    store.addPart(JOB, "u", new Part(1, "old", 0, 1), NOW);
    OpenUpload again =
        new OpenUpload(JOB, "r2", "u", "", NOW, NOW, List.of(new Part(2, "new", 0, 1)));
    store.begin(again);

    assertThat(store.find(JOB)).containsExactly(again);
  }

  @Test
  void uploads_of_one_job_are_all_found_the_last_one_first() {
    store.begin(upload(JOB, "first", NOW));
    store.begin(upload(JOB, "third", NOW.plusSeconds(2)));
    store.begin(upload(JOB, "second", NOW.plusSeconds(1)));

    assertThat(ids(store.find(JOB))).containsExactly("third", "second", "first");
  }

  @Test
  void jobs_that_differ_in_one_thing_are_kept_apart() {
    Jobs job = Jobs.aJob();
    List<JobKey> keys =
        List.of(
            job.jobKey(),
            job.key("other").jobKey(),
            job.object(new ObjectVersion("other", "key", "")).jobKey(),
            job.object(new ObjectVersion("bucket", "key", "other")).jobKey(),
            job.at("other").jobKey(),
            job.type(JobType.COPY_LOCATION).jobKey());
    keys.forEach(key -> store.begin(upload(key, "same", NOW)));
    store.addPart(keys.get(0), "same", new Part(1, "e", 0, 1), NOW);
    store.remove(keys.get(1), "same");

    assertThat(store.count()).isEqualTo(keys.size() - 1);
    assertThat(store.find(keys.get(0)).get(0).parts()).hasSize(1);
    assertThat(store.find(keys.get(1))).isEmpty();
    assertThat(store.find(keys.get(5)).get(0).parts()).isEmpty();
  }

  @Test
  void part_of_an_upload_that_has_ended_is_not_remembered() {
    store.begin(upload(JOB, "u", NOW));
    store.remove(JOB, "u");
    store.remove(JOB, "u");
    store.addPart(JOB, "u", new Part(1, "e", 0, 1), NOW);
    store.touch(JOB, "u", NOW);

    assertThat(store.find(JOB)).isEmpty();
    store.begin(upload(JOB, "u", NOW));
    assertThat(store.find(JOB).get(0).parts()).isEmpty();
  }

  @Test
  void upload_that_was_touched_since_it_was_read_is_not_forgotten() {
    store.begin(upload(JOB, "u", NOW));
    store.addPart(JOB, "u", new Part(1, "e", 0, 1), NOW.plusMillis(1));
    store.begin(upload(JOB, "other", NOW));

    assertThat(store.removeUntouched(JOB, "u", NOW)).isFalse();
    assertThat(store.removeUntouched(JOB, "unknown", NOW)).isFalse();
    OpenUpload found = store.untouched(NOW.plusMillis(2), 2).get(1);
    assertThat(found.parts()).hasSize(1);

    assertThat(store.removeUntouched(JOB, "u", found.touchedAt())).isTrue();
    assertThat(store.removeUntouched(JOB, "u", found.touchedAt())).isFalse();
    assertThat(ids(store.find(JOB))).containsExactly("other");
    store.begin(upload(JOB, "u", NOW));
    assertThat(store.untouched(NOW.plusMillis(2), 2)).allMatch(u -> u.parts().isEmpty());
  }

  @Test
  void of_several_who_forget_an_untouched_upload_at_once_one_succeeds() throws Exception {
    store.begin(upload(JOB, "u", NOW));

    List<Boolean> forgotten = Concurrently.run(8, thread -> store.removeUntouched(JOB, "u", NOW));

    assertThat(forgotten).containsOnlyOnce(true);
  }

  @Test
  void untouched_ones_come_longest_first_and_no_more_than_asked() {
    store.begin(upload(JOB, "c", NOW.plusSeconds(3)));
    store.begin(upload(JOB, "a", NOW.plusSeconds(1)));
    store.begin(upload(JOB, "b", NOW.plusSeconds(2)));

    assertThat(ids(store.untouched(NOW.plusSeconds(3), 10))).containsExactly("a", "b");
    assertThat(ids(store.untouched(NOW.plusSeconds(9), 2))).containsExactly("a", "b");
    store.touch(JOB, "a", NOW.plusSeconds(5));
    assertThat(ids(store.untouched(NOW.plusSeconds(9), 2))).containsExactly("b", "c");
    assertThat(store.find(JOB).get(0).begunAt()).isEqualTo(NOW.plusSeconds(3));
  }

  @Test
  void parts_added_by_several_threads_are_all_kept() throws Exception {
    store.begin(upload(JOB, "u", NOW));

    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i < 10; i++) {
            store.addPart(JOB, "u", new Part(thread * 10 + i + 1, "e", 0, 1), NOW);
          }
          return thread;
        });

    assertThat(store.find(JOB).get(0).parts())
        .extracting(Part::number)
        .doesNotHaveDuplicates()
        .hasSize(80)
        .isSorted();
  }
}
