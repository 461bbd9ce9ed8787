package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.replication.ObjectStore;
import io.backbeat.server.place.LocationTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The stores of a plan's locations, in its order. */
final class Destinations implements AutoCloseable {
  private final Map<LocationName, ObjectStore> stores;
  private final Optional<BreakableStore> broken;

  private Destinations(Map<LocationName, ObjectStore> stores, Optional<BreakableStore> broken) {
    this.stores = stores;
    this.broken = broken;
  }

  /** Opens them; the one the plan names is broken. */
  static Destinations open(DemoPlan plan) {
    plan.createDirectories();
    Map<LocationName, ObjectStore> stores = new LinkedHashMap<>();
    Optional<BreakableStore> broken = Optional.empty();
    for (LocationTarget target : plan.targets()) {
      ObjectStore store = target.open();
      if (plan.broken().filter(target.name()::equals).isPresent()) {
        BreakableStore breakable =
            new BreakableStore(store, "broken on purpose (--break " + target.name() + ")");
        broken = Optional.of(breakable);
        store = breakable;
      }
      stores.put(target.name(), store);
    }
    return new Destinations(stores, broken);
  }

  Map<LocationName, ObjectStore> stores() {
    return stores;
  }

  /** Heals the broken one, if there is one. */
  void heal() {
    broken.ifPresent(BreakableStore::heal);
  }

  @Override
  public void close() {
    stores.values().forEach(ObjectStore::close);
  }
}
