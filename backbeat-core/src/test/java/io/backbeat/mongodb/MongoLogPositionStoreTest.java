package io.backbeat.mongodb;

import io.backbeat.contract.LogPositionStoreContract;
import io.backbeat.log.LogPositionStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoLogPositionStoreTest extends LogPositionStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected LogPositionStore create() {
    return opened.fresh().positions();
  }
}
