package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Jobs;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PartitionCursorTest {
  @Test
  void a_record_whose_decoder_failed_is_delivered_next_time() {
    Job job = Jobs.aJob().build();
    PartitionCursor cursor = new PartitionCursor(0, 1, 0);
    cursor.add(List.of(new ConsumerRecord<>("t", 0, 0, "k".getBytes(UTF_8), "v".getBytes(UTF_8))));
    List<Delivery> delivered = new ArrayList<>();

    assertThatThrownBy(
            () ->
                cursor.deliver(
                    QueueName.of(job),
                    record -> {
                      throw new IllegalStateException("not now");
                    },
                    10,
                    delivered))
        .hasMessage("not now");
    cursor.deliver(QueueName.of(job), record -> new Decoded.Jobs(List.of(job)), 10, delivered);

    assertThat(delivered).containsExactly(new Delivery.OfJob(job, 0, 0, 1));
  }
}
