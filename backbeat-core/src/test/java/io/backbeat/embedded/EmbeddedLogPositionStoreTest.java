package io.backbeat.embedded;

import io.backbeat.contract.LogPositionStoreContract;
import io.backbeat.log.LogPositionStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLogPositionStoreTest extends LogPositionStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected LogPositionStore create() {
    return opened.in(directory).positions();
  }
}
