package io.backbeat.mongodb;

import io.backbeat.contract.QuarantineStoreContract;
import io.backbeat.log.QuarantineStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoQuarantineStoreTest extends QuarantineStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected QuarantineStore create() {
    return opened.fresh().quarantine();
  }
}
