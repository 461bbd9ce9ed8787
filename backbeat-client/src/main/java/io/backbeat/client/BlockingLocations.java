package io.backbeat.client;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import java.time.Instant;
import java.util.List;

record BlockingLocations(AsyncLocations async) implements LocationOperations {
  @Override
  public List<LocationStatus> list(ServiceName service) {
    return Waiting.on(async.list(service));
  }

  @Override
  public LocationStatus get(ServiceName service, LocationName location) {
    return Waiting.on(async.get(service, location));
  }

  @Override
  public LocationStatus pause(ServiceName service, LocationName location) {
    return Waiting.on(async.pause(service, location));
  }

  @Override
  public LocationStatus resume(ServiceName service, LocationName location) {
    return Waiting.on(async.resume(service, location));
  }

  @Override
  public LocationStatus resumeAt(ServiceName service, LocationName location, Instant when) {
    return Waiting.on(async.resumeAt(service, location, when));
  }

  @Override
  public LocationStatus cancelResume(ServiceName service, LocationName location) {
    return Waiting.on(async.cancelResume(service, location));
  }
}
