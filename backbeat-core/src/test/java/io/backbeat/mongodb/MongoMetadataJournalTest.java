package io.backbeat.mongodb;

import io.backbeat.contract.MetadataJournalContract;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataJournal;
import io.backbeat.store.Stores;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoMetadataJournalTest extends MetadataJournalContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected Stores create() {
    return Opened.bundle(opened.fresh());
  }

  @Override
  protected LogPosition beginning(MetadataJournal empty) {
    return Opened.end(empty);
  }

  @Override
  protected boolean listsWrittenStatuses() {
    return false;
  }
}
