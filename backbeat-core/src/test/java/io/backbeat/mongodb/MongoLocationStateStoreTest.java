package io.backbeat.mongodb;

import io.backbeat.api.ServiceName;
import io.backbeat.contract.LocationStateStoreContract;
import io.backbeat.location.LocationStateStore;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoLocationStateStoreTest extends LocationStateStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected LocationStateStore create() {
    return opened.fresh().lifecycleStates();
  }

  @Override
  protected Set<ServiceName> services() {
    return Set.of(ServiceName.LIFECYCLE);
  }
}
