package io.backbeat.examples.jaxrs;

import io.backbeat.engine.BackbeatEngine;
import io.backbeat.server.http.BackbeatFeature;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/**
 * A Jakarta REST application of its own that also serves Backbeat's API, with the engine it runs.
 * Nothing of it depends on the container; it is the same under Jersey 3.1 and Jersey 4.0.
 */
public final class PhotoApplication extends Application {
  private final BackbeatEngine engine;

  /** Serves the photos, and the API of an engine that the caller starts and closes. */
  public PhotoApplication(BackbeatEngine engine) {
    this.engine = engine;
  }

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(PhotoResource.class);
  }

  @Override
  @SuppressWarnings("deprecation") // the standard has no other way to hand over an object
  public Set<Object> getSingletons() {
    return Set.of(new BackbeatFeature(engine.operations()));
  }
}
