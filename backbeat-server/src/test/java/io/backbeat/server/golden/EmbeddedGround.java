package io.backbeat.server.golden;

import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.util.Set;

/** Everything on the embedded store, to which the recorded state is translated. */
final class EmbeddedGround extends Ground {
  private final Outages stores;

  EmbeddedGround(Recording recording, MutableClock clock, Path directory) {
    super(recording, clock, directory);
    this.stores = new Outages(open(), Outages.Service.REDIS);
  }

  @Override
  Outages stores() {
    return stores;
  }

  @Override
  Set<Outages.Service> lay(GoldenRecord record) {
    stores.exchange(open()).close();
    return Setup.write(world(), record);
  }

  @Override
  void down(Set<Outages.Service> services) {
    stores.down(services);
  }

  @Override
  public void close() {
    stores.close();
  }
}
