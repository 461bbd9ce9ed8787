package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.contract.StatusStoreContract;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.status.StatusStore;
import io.backbeat.testing.Metadata;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class CloudServerStatusStoreTest extends StatusStoreContract {
  private final MetadataRoutes routes = new MetadataRoutes();
  private final AtomicInteger writes = new AtomicInteger();
  private @Nullable CloudServerStatuses statuses;

  @Override
  protected StatusStore create() {
    statuses = new CloudServerStatuses(routes.client(), StatusOptions.DEFAULT);
    return statuses;
  }

  @AfterEach
  void close() {
    Objects.requireNonNull(statuses).close();
  }

  @Override
  protected String write(Metadata metadata) {
    String json = ObjectMetadata.stamp(metadata.json(), "r" + writes.incrementAndGet());
    routes.documents.put(metadata.object(), json);
    return ObjectMetadata.parse(json).revision();
  }

  @Override
  protected void delete(ObjectVersion object) {
    routes.documents.remove(object);
  }
}
