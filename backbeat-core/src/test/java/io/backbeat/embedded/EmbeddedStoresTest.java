package io.backbeat.embedded;

import io.backbeat.contract.StoresContract;
import io.backbeat.store.Stores;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest extends StoresContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected Stores create() {
    return opened.in(directory);
  }

  @Override
  protected Optional<Stores> reopen() {
    return Optional.of(opened.in(directory));
  }
}
