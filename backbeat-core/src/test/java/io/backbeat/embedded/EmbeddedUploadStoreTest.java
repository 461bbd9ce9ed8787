package io.backbeat.embedded;

import io.backbeat.contract.UploadStoreContract;
import io.backbeat.replication.UploadStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedUploadStoreTest extends UploadStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected UploadStore create() {
    return opened.in(directory).uploads();
  }
}
