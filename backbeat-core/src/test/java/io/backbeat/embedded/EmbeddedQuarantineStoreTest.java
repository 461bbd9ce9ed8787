package io.backbeat.embedded;

import io.backbeat.contract.QuarantineStoreContract;
import io.backbeat.log.QuarantineStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedQuarantineStoreTest extends QuarantineStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected QuarantineStore create() {
    return opened.in(directory).quarantine();
  }
}
