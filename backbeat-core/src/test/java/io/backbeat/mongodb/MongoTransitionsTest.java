package io.backbeat.mongodb;

import io.backbeat.contract.TransitionStoreContract;
import io.backbeat.status.TransitionStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoTransitionsTest extends TransitionStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected TransitionStore create() {
    return opened.fresh().transitions();
  }
}
