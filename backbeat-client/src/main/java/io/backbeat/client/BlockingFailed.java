package io.backbeat.client;

import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import java.util.List;

record BlockingFailed(AsyncFailed async) implements FailedOperations {
  @Override
  public FailedPage list(LocationName location, long marker, int limit) {
    return Waiting.on(async.list(location, marker, limit));
  }

  @Override
  public List<FailedOperation> find(ObjectVersion object) {
    return Waiting.on(async.find(object));
  }

  @Override
  public List<RetryResult> retry(List<RetryRequest> requests) {
    return Waiting.on(async.retry(requests));
  }
}
