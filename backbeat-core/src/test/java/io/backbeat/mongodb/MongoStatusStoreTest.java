package io.backbeat.mongodb;

import io.backbeat.api.ObjectVersion;
import io.backbeat.contract.StatusStoreContract;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.status.StatusStore;
import io.backbeat.testing.Metadata;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoStatusStoreTest extends StatusStoreContract {
  @RegisterExtension final Opened opened = new Opened();
  private @Nullable MetadataJournal journal;

  @Override
  protected StatusStore create() {
    MongoStore store = opened.fresh();
    journal = store.journal();
    return store.statuses();
  }

  private MetadataJournal journal() {
    return Objects.requireNonNull(journal);
  }

  @Override
  protected String write(Metadata metadata) {
    journal().append(List.of(metadata.put()));
    return Metadata.revisionOf(journal().find(metadata.object()).orElseThrow());
  }

  @Override
  protected void delete(ObjectVersion object) {
    journal().append(List.of(new MetadataChange.Delete(object)));
  }
}
