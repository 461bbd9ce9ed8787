package io.backbeat.mongodb;

import io.backbeat.contract.FailedJobStoreContract;
import io.backbeat.status.FailedJobStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoFailedJobStoreTest extends FailedJobStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected FailedJobStore create() {
    return opened.fresh().failedJobs();
  }
}
