package io.backbeat.client;

import io.backbeat.api.BulkOperations;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import java.util.List;

record BlockingBulk(AsyncBulk async) implements BulkOperations {
  @Override
  public BulkTask start(BulkRequest request) {
    return Waiting.on(async.start(request));
  }

  @Override
  public BulkTask get(String id) {
    return Waiting.on(async.get(id));
  }

  @Override
  public List<BulkTask> list() {
    return Waiting.on(async.list());
  }

  @Override
  public BulkTask pause(String id) {
    return Waiting.on(async.pause(id));
  }

  @Override
  public BulkTask resume(String id) {
    return Waiting.on(async.resume(id));
  }

  @Override
  public BulkTask cancel(String id) {
    return Waiting.on(async.cancel(id));
  }
}
