package io.backbeat.embedded;

import io.backbeat.contract.JobQueueContract;
import io.backbeat.queue.JobQueue;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJobQueueTest extends JobQueueContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected JobQueue queue(int partitions) {
    return opened.in(directory, Opened.AT_NOON.withPartitionsPerQueue(partitions)).queue();
  }
}
