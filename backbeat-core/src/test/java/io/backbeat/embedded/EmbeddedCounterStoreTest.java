package io.backbeat.embedded;

import io.backbeat.contract.CounterStoreContract;
import io.backbeat.metrics.CounterStore;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCounterStoreTest extends CounterStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected CounterStore create() {
    return opened.in(directory).counters();
  }

  @Override
  protected OptionalLong storedNumbers() {
    return OptionalLong.of(opened.get().rows("series"));
  }
}
