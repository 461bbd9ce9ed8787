package io.backbeat.embedded;

import io.backbeat.contract.MetadataJournalContract;
import io.backbeat.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMetadataJournalTest extends MetadataJournalContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected Stores create() {
    return opened.in(directory);
  }
}
