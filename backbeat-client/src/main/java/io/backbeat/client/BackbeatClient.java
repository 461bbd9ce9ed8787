package io.backbeat.client;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BulkOperations;
import io.backbeat.api.BulkTask;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.ObjectOperations;
import io.backbeat.api.WorkflowOperations;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@link Backbeat} over HTTP, of a server of this project or of the original.
 *
 * <pre>{@code
 * Backbeat backbeat = BackbeatClient.create(URI.create("http://localhost:8900"));
 * backbeat.locations().pause(ServiceName.REPLICATION, LocationName.of("paris"));
 * }</pre>
 *
 * <p>All methods throw what {@link Backbeat} says, by the code in the answer of the server. Beside
 * that every call can fail with
 *
 * <ul>
 *   <li>{@link io.backbeat.api.ErrorCode#NOT_RUNNING} when no connection comes about: nothing was
 *       done;
 *   <li>{@link io.backbeat.api.ErrorCode#INTERNAL_ERROR} when the connection breaks, no answer
 *       comes in time, the answer is not one of Backbeat, or the thread is interrupted (it stays
 *       so): what was asked may or may not have been done;
 *   <li>{@link io.backbeat.api.ErrorCode#ACCESS_DENIED} when the address or the signature is not
 *       accepted;
 *   <li>{@link IllegalArgumentException} for a name that is not valid Unicode.
 * </ul>
 *
 * <p>Calls that fail in a way that may pass are repeated within the {@link RetryOptions}, all but
 * {@code failed().retry}, {@code bulk().start} and {@code deepHealth}, which are repeated only when
 * they were refused.
 *
 * <p>Immutable and thread-safe; make one and keep it. There is nothing to close: connections that
 * are not used are closed by the JDK's HTTP client.
 */
public final class BackbeatClient implements Backbeat {
  private final URI baseUri;
  private final AsyncBackbeat async;
  private final MetricsOperations metrics;
  private final FailedOperations failed;
  private final LocationOperations locations;
  private final ObjectOperations objects;
  private final WorkflowOperations workflows;
  private final BulkOperations bulk;

  BackbeatClient(Wire wire) {
    this.baseUri = wire.base();
    this.async = new AsyncBackbeat(wire);
    this.metrics = new BlockingMetrics(async.metrics());
    this.failed = new BlockingFailed(async.failed());
    this.locations = new BlockingLocations(async.locations());
    this.objects = new BlockingObjects(async.objects());
    this.bulk = new BlockingBulk(async.bulk());
    this.workflows = configuration -> Waiting.on(async.workflows().apply(configuration));
  }

  /**
   * A client with all defaults.
   *
   * @param baseUri see {@link #builder}
   */
  public static BackbeatClient create(URI baseUri) {
    return builder(baseUri).build();
  }

  /**
   * A client to be configured.
   *
   * @param baseUri where the server is, http or https. A path that ends with {@code /_/} or {@code
   *     /_/backbeat/api/} is taken for the prefix of the API; to any other one, and to none, {@code
   *     /_/backbeat/api/} is added
   * @throws IllegalArgumentException if it is no such URI, or holds a user name, a query or a
   *     fragment
   */
  public static Builder builder(URI baseUri) {
    return new Builder(BaseUri.of(baseUri));
  }

  /** The same without waiting. */
  public AsyncBackbeat async() {
    return async;
  }

  /** The prefix of the API, with its slash. */
  public URI baseUri() {
    return baseUri;
  }

  @Override
  public HealthReport health() {
    return Waiting.on(async.health());
  }

  @Override
  public DeepHealth deepHealth() {
    return Waiting.on(async.deepHealth());
  }

  @Override
  public String monitoring() {
    return Waiting.on(async.monitoring());
  }

  @Override
  public MetricsOperations metrics() {
    return metrics;
  }

  @Override
  public FailedOperations failed() {
    return failed;
  }

  @Override
  public LocationOperations locations() {
    return locations;
  }

  @Override
  public ObjectOperations objects() {
    return objects;
  }

  @Override
  public WorkflowOperations workflows() {
    return workflows;
  }

  @Override
  public BulkOperations bulk() {
    return bulk;
  }

  /**
   * Waits for the end of a bulk task: DONE, CANCELLED or FAILED. A paused one is waited for. An
   * interrupt ends the waiting and not the task.
   *
   * @param every how long to wait between two looks; positive
   * @param progress hears of every look, on another thread
   * @return as it ended
   */
  public BulkTask awaitDone(String id, Duration every, Consumer<BulkTask> progress) {
    return Waiting.on(async.bulk().awaitDone(id, every, progress));
  }

  @Override
  public String toString() {
    return "BackbeatClient[" + baseUri + ']';
  }

  /** Collects how a client works. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final URI baseUri;
    private Optional<HttpClient> http = Optional.empty();
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    private ClientOptions options = ClientOptions.DEFAULT;

    private Builder(URI baseUri) {
      this.baseUri = baseUri;
    }

    /**
     * The HTTP client to use: for TLS, a proxy, an authenticator, an executor of the caller's own.
     * Its connect time-out holds, not that of this builder. Default: one of its own that follows no
     * redirections and uses the proxy of the JVM.
     */
    public Builder httpClient(HttpClient client) {
      this.http = Optional.of(client);
      return this;
    }

    /** How long a connection may take to come about, at least 1 ms. Default: 5 seconds. */
    public Builder connectTimeout(Duration time) {
      ClientOptions.checkPositive(time, "connectTimeout");
      this.connectTimeout = time;
      return this;
    }

    /**
     * How long an attempt may take in all, to the last byte of the answer; at least 1 ms. Default:
     * 30 seconds.
     */
    public Builder requestTimeout(Duration time) {
      options = options.withRequestTimeout(time);
      return this;
    }

    /** How calls are repeated. Default: {@link RetryOptions#DEFAULT}. */
    public Builder retries(RetryOptions retries) {
      options = options.withRetries(retries);
      return this;
    }

    /** The header {@code User-Agent}. Default: {@code backbeat-client/} and the version. */
    public Builder userAgent(String name) {
      options = options.withUserAgent(name);
      return this;
    }

    /** Adds headers to every request, for example a signature. Default: none. */
    public Builder signer(RequestSigner signer) {
      options = options.withSigner(Objects.requireNonNull(signer, "signer"));
      return this;
    }

    /**
     * Where the ids come from that go to the server as {@code x-scal-request-uids}, one per call,
     * and lead from it to the lines in its log; called on the thread of the caller. Default: twenty
     * random hexadecimal digits.
     */
    public Builder requestIds(Supplier<String> ids) {
      options = options.withRequestIds(ids);
      return this;
    }

    /** The largest answer; a larger one is an error. At least 1. Default: 16 MiB. */
    public Builder maxAnswerBytes(long bytes) {
      options = options.withMaxAnswerBytes(bytes);
      return this;
    }

    /** Builds the client; nothing is sent. */
    public BackbeatClient build() {
      return build(Timing.SYSTEM);
    }

    BackbeatClient build(Timing timing) {
      HttpClient client =
          http.orElseGet(() -> HttpClient.newBuilder().connectTimeout(connectTimeout).build());
      return new BackbeatClient(new Wire(client, baseUri, options, timing));
    }
  }
}
