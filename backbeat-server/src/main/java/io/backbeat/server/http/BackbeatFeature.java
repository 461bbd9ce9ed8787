package io.backbeat.server.http;

import io.backbeat.api.Backbeat;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
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
  private final Backbeat backbeat;
  private final RestOptions options;

  /** Serves {@code backbeat} with {@link RestOptions#DEFAULT}. */
  public BackbeatFeature(Backbeat backbeat) {
    this(backbeat, RestOptions.DEFAULT);
  }

  /** Serves {@code backbeat} as the options say. */
  public BackbeatFeature(Backbeat backbeat, RestOptions options) {
    this.backbeat = Objects.requireNonNull(backbeat, "backbeat");
    this.options = Objects.requireNonNull(options, "options");
  }

  RestOptions options() {
    return options;
  }

  @Override
  public boolean configure(FeatureContext context) {
    ErrorResponse answers = new ErrorResponse(options.errorForm());
    context
        .register(new RequestIdFilter())
        .register(new EntryFilter())
        .register(new BodyLimitFilter(options.bodyLimitBytes()))
        .register(new JsonWriter())
        .register(new BackbeatErrorMapper(answers))
        .register(new WebErrorMapper(answers))
        .register(new UnexpectedErrorMapper(answers))
        .register(new OpenApiResource())
        .register(new HealthResource(backbeat))
        .register(new DeepHealthResource(backbeat))
        .register(new MonitoringResource(backbeat))
        .register(new WorkflowsResource(backbeat.workflows()))
        .register(new ComponentsResource(backbeat))
        .register(new ObjectsResource(backbeat.objects()))
        .register(new ExplainResource(backbeat.objects()))
        .register(new MetricsResource(backbeat.metrics()))
        .register(new FailedResource(backbeat.failed()))
        .register(new FailedObjectResource(backbeat.failed()))
        .register(new ResyncResource(backbeat.bulk()))
        .register(new RetriesResource(backbeat.bulk()))
        .register(new TasksResource(backbeat.bulk()))
        .register(new LocationsResource(backbeat.locations(), options.clock()));
    return true;
  }
}
