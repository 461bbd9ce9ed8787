package io.backbeat.server.http;

import io.backbeat.api.Backbeat;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.time.Clock;
import java.util.Objects;

/**
 * The REST API of a {@link Backbeat}, to be registered in any Jersey application.
 *
 * <pre>{@code
 * new ResourceConfig().register(new BackbeatFeature(engine.operations()))
 * }</pre>
 *
 * <p>It serves the paths under {@code _/} and {@code _/backbeat/api/}, relative to the base of the
 * application, and leaves requests for other paths and their errors alone, with one exception: an
 * error of another resource for which the application has no mapper is answered in the form of
 * Backbeat. Who may ask is for the application to decide; the allow list is part of the bundled
 * server.
 *
 * <p>Thread-safe once registered, as far as the {@link Backbeat} is.
 */
public final class BackbeatFeature implements Feature {
  /** The default limit of a request body: 1 MiB. */
  public static final long DEFAULT_BODY_LIMIT_BYTES = 1024 * 1024;

  private final Backbeat backbeat;
  private final Clock clock;
  private final long bodyLimitBytes;

  /** Serves {@code backbeat} by the system clock and with the default body limit. */
  public BackbeatFeature(Backbeat backbeat) {
    this(backbeat, Clock.systemUTC(), DEFAULT_BODY_LIMIT_BYTES);
  }

  /**
   * Serves {@code backbeat}.
   *
   * @param clock from which scheduled resumes count
   * @param bodyLimitBytes the largest request body, at least 1; a larger one is answered with 413
   */
  public BackbeatFeature(Backbeat backbeat, Clock clock, long bodyLimitBytes) {
    this.backbeat = Objects.requireNonNull(backbeat, "backbeat");
    this.clock = Objects.requireNonNull(clock, "clock");
    if (bodyLimitBytes < 1) {
      throw new IllegalArgumentException("bodyLimitBytes must be >= 1, was " + bodyLimitBytes);
    }
    this.bodyLimitBytes = bodyLimitBytes;
  }

  @Override
  public boolean configure(FeatureContext context) {
    context
        .register(new RequestIdFilter())
        .register(new EntryFilter())
        .register(new BodyLimitFilter(bodyLimitBytes))
        .register(new JsonWriter())
        .register(new BackbeatErrorMapper())
        .register(new WebErrorMapper())
        .register(new UnexpectedErrorMapper())
        .register(new OpenApiResource())
        .register(new HealthResource(backbeat))
        .register(new DeepHealthResource(backbeat))
        .register(new MonitoringResource(backbeat))
        .register(new WorkflowsResource(backbeat.workflows()))
        .register(new ComponentsResource(backbeat))
        .register(new ObjectsResource(backbeat.objects()))
        .register(new MetricsResource(backbeat.metrics()))
        .register(new FailedResource(backbeat.failed()))
        .register(new FailedObjectResource(backbeat.failed()))
        .register(new LocationsResource(backbeat.locations(), clock));
    return true;
  }
}
