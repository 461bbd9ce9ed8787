package io.backbeat.embedded;

import io.backbeat.contract.LocationStateStoreContract;
import io.backbeat.location.LocationStateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLocationStateStoreTest extends LocationStateStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected LocationStateStore create() {
    return opened.in(directory).locationStates();
  }
}
