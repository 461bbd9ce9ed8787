package io.backbeat.client;

import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectOperations;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import java.util.Optional;

record BlockingObjects(AsyncObjects async) implements ObjectOperations {
  @Override
  public Optional<ReplicationStatus> status(ObjectVersion object) {
    return Waiting.on(async.status(object));
  }

  @Override
  public Optional<ObjectExplanation> explain(ObjectVersion object) {
    return Waiting.on(async.explain(object));
  }
}
