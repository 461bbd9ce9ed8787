package io.backbeat.cloudserver.http;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.LifecycleListing;
import io.backbeat.cloudserver.LifecycleRoutes;

/** Lifecycle over HTTP. */
record HttpLifecycle(Requests requests) implements LifecycleRoutes {
  @Override
  public LifecycleListing.Page list(LifecycleListing listing) throws CloudServerException {
    return requests.ask(LifecycleCalls.list(listing), LifecycleCalls::page);
  }

  @Override
  public void expire(ObjectVersion object) throws CloudServerException {
    requests.send(LifecycleCalls.expire(object));
  }
}
