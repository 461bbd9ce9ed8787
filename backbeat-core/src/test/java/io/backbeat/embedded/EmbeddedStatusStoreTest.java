package io.backbeat.embedded;

import io.backbeat.api.ObjectVersion;
import io.backbeat.contract.StatusStoreContract;
import io.backbeat.log.MetadataChange;
import io.backbeat.status.StatusStore;
import io.backbeat.testing.Metadata;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStatusStoreTest extends StatusStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected StatusStore create() {
    return opened.in(directory).statuses();
  }

  @Override
  protected String write(Metadata metadata) {
    opened.get().journal().append(List.of(metadata.put()));
    return opened
        .get()
        .statuses()
        .find(List.of(metadata.object()))
        .get(metadata.object())
        .revision();
  }

  @Override
  protected void delete(ObjectVersion object) {
    opened.get().journal().append(List.of(new MetadataChange.Delete(object)));
  }
}
