package io.backbeat.memory;

import io.backbeat.api.ObjectVersion;
import io.backbeat.contract.StatusStoreContract;
import io.backbeat.log.MetadataChange;
import io.backbeat.status.StatusStore;
import io.backbeat.testing.Metadata;
import java.util.List;

final class InMemoryStatusStoreTest extends StatusStoreContract {
  private final InMemoryStores stores = new InMemoryStores();

  @Override
  protected StatusStore create() {
    return stores.statuses();
  }

  @Override
  protected String write(Metadata metadata) {
    stores.journal().append(List.of(metadata.put()));
    return Metadata.revisionOf(stores.journal().find(metadata.object()).orElseThrow());
  }

  @Override
  protected void delete(ObjectVersion object) {
    stores.journal().append(List.of(new MetadataChange.Delete(object)));
  }
}
