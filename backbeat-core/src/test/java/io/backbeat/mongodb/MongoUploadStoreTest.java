package io.backbeat.mongodb;

import io.backbeat.contract.UploadStoreContract;
import io.backbeat.replication.UploadStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoUploadStoreTest extends UploadStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected UploadStore create() {
    return opened.fresh().uploads();
  }
}
