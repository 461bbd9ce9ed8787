package io.backbeat.embedded;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store that is closed after the test. */
final class Opened implements AfterEachCallback {
  static final EmbeddedOptions AT_NOON =
      EmbeddedOptions.DEFAULT.withClock(
          Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC));

  private @Nullable EmbeddedStore store;

  EmbeddedStore in(Path directory) {
    return in(directory, AT_NOON);
  }

  EmbeddedStore in(Path directory, EmbeddedOptions options) {
    store = EmbeddedStore.open(directory, options);
    return store;
  }

  EmbeddedStore get() {
    return java.util.Objects.requireNonNull(store, "not opened");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (store != null) {
      store.close();
    }
  }
}
