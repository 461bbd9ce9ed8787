package io.backbeat.embedded;

import io.backbeat.contract.FailedJobStoreContract;
import io.backbeat.status.FailedJobStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFailedJobStoreTest extends FailedJobStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected FailedJobStore create() {
    return opened.in(directory).failedJobs();
  }
}
