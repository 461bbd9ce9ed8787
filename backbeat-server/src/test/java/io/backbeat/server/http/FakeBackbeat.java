package io.backbeat.server.http;

import io.backbeat.api.AgeBucket;
import io.backbeat.api.Amount;
import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.BulkOperations;
import io.backbeat.api.CatchUp;
import io.backbeat.api.CatchUpState;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectOperations;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ObservedState;
import io.backbeat.api.Rate;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.api.Throughput;
import io.backbeat.api.WorkflowOperations;
import io.backbeat.bulk.BulkTasks;
import io.backbeat.memory.InMemoryBulkTaskStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Answers with what a test gave it and writes down what it was asked. */
final class FakeBackbeat
    implements Backbeat, MetricsOperations, FailedOperations, LocationOperations {
  static final LocationName PARIS = LocationName.of("paris");
  static final LocationName TOKYO = LocationName.of("tokyo");
  static final Instant WRITTEN = Instant.parse("2018-03-30T22:22:34.384Z");

  final List<String> calls = new CopyOnWriteArrayList<>();
  final Map<String, LocationStatus> statuses = new TreeMap<>();
  Optional<String> retryRole = Optional.empty();
  final Map<ObjectVersion, ReplicationStatus> replication = new ConcurrentHashMap<>();

  final Map<ObjectVersion, ObjectExplanation> explanations = new ConcurrentHashMap<>();

  volatile Supplier<HealthReport> health =
      () -> new HealthReport(List.of(new ComponentHealth("store", ComponentHealth.State.OK, "")));
  volatile MetricsReport numbers =
      new MetricsReport(
          ServiceName.REPLICATION,
          new Amount(2, 1024),
          new Amount(450, 1027),
          new Amount(242, 0),
          new Throughput(0.5, 1.141),
          new Amount(-5, 1024));
  volatile ObjectProgress progress = new ObjectProgress(50, 50);
  volatile Supplier<DeepHealth> deepHealth =
      () -> new DeepHealth(new TreeMap<>(Map.of(0, true, 1, false)), Duration.ofMillis(12));
  volatile String monitoring = "# HELP up Whether it is up\n# TYPE up gauge\nup 1.0\n";
  volatile double bytesPerSecond = 50.0 / 900;
  volatile FailedPage page = FailedPage.EMPTY;
  volatile List<FailedOperation> found = List.of();
  private final BulkOperations bulk = noRunner();

  FakeBackbeat() {
    for (ServiceName service : ServiceName.values()) {
      for (LocationName location : List.of(PARIS, TOKYO)) {
        put(service, location, TargetState.RUNNING, Optional.empty());
      }
    }
  }

  static FailedOperation failure(ObjectVersion object) {
    return new FailedOperation(
        object, PARIS, 1, WRITTEN, 5, WRITTEN, WRITTEN, "Timeout", "no answer");
  }

  void put(
      ServiceName service, LocationName location, TargetState target, Optional<Instant> resumeAt) {
    statuses.put(
        service + "/" + location,
        new LocationStatus(service, location, target, ObservedState.UNKNOWN, resumeAt, 1));
  }

  @Override
  public HealthReport health() {
    return health.get();
  }

  @Override
  public MetricsOperations metrics() {
    return this;
  }

  @Override
  public FailedOperations failed() {
    return this;
  }

  @Override
  public LocationOperations locations() {
    return this;
  }

  @Override
  public ObjectOperations objects() {
    return new ObjectOperations() {
      @Override
      public Optional<ReplicationStatus> status(ObjectVersion object) {
        calls.add("status " + object);
        return Optional.ofNullable(replication.get(object));
      }

      @Override
      public Optional<ObjectExplanation> explain(ObjectVersion object) {
        calls.add("explain " + object);
        return Optional.ofNullable(explanations.get(object));
      }
    };
  }

  @Override
  public DeepHealth deepHealth() {
    return deepHealth.get();
  }

  @Override
  public String monitoring() {
    return monitoring;
  }

  @Override
  public WorkflowOperations workflows() {
    return configuration -> calls.add("workflows " + configuration);
  }

  @Override
  public BulkOperations bulk() {
    return bulk;
  }

  private static BulkOperations noRunner() {
    return new BulkTasks(
        new InMemoryBulkTaskStore(), () -> List.of(PARIS, TOKYO), Clock.systemUTC(), () -> {});
  }

  @Override
  public MetricsReport report(ServiceName service, LocationName location) {
    calls.add("report " + service.wireName() + " " + location);
    known(location);
    return numbers(service);
  }

  @Override
  public LagReport lag(ServiceName service, LocationName location) {
    calls.add("lag " + service.wireName() + " " + location);
    known(location);
    return lag(location);
  }

  @Override
  public List<LagReport> lagAll(ServiceName service) {
    calls.add("lagAll " + service.wireName());
    return List.of(lag(PARIS), lag(TOKYO));
  }

  private static LagReport lag(LocationName location) {
    return new LagReport(
        location,
        WRITTEN,
        Optional.empty(),
        List.of(new AgeBucket(Duration.ZERO, Optional.empty(), Amount.ZERO)),
        0,
        Optional.empty(),
        Rate.ZERO,
        Rate.ZERO,
        CatchUp.in(CatchUpState.CAUGHT_UP, Duration.ZERO),
        false,
        false);
  }

  @Override
  public MetricsReport reportAll(ServiceName service) {
    calls.add("report " + service.wireName() + " all");
    return numbers(service);
  }

  @Override
  public ObjectProgress progress(LocationName location, ObjectVersion object) {
    calls.add("progress " + location + " " + object);
    known(location);
    return progress;
  }

  @Override
  public double bytesPerSecond(LocationName location, ObjectVersion object) {
    calls.add("throughput " + location + " " + object);
    known(location);
    return bytesPerSecond;
  }

  @Override
  public FailedPage list(LocationName location, long marker, int limit) {
    calls.add("list " + location + " " + marker + " " + limit);
    return page;
  }

  @Override
  public List<FailedOperation> find(ObjectVersion object) {
    calls.add("find " + object);
    return found;
  }

  @Override
  public List<RetryResult> retry(List<RetryRequest> requests) {
    requests.forEach(
        r -> calls.add("retry " + r.object() + " " + r.location() + (r.force() ? " force" : "")));
    return requests.stream()
        .filter(r -> !r.object().key().equals("unknown"))
        .map(
            r ->
                new RetryResult(
                    r.object(), r.location(), 1, WRITTEN, SiteStatus.PENDING, retryRole))
        .toList();
  }

  @Override
  public List<LocationStatus> list(ServiceName service) {
    return statuses.values().stream().filter(s -> s.service() == service).toList();
  }

  @Override
  public LocationStatus get(ServiceName service, LocationName location) {
    known(location);
    return statuses.get(service + "/" + location);
  }

  @Override
  public LocationStatus pause(ServiceName service, LocationName location) {
    return changed("pause", service, location);
  }

  @Override
  public LocationStatus resume(ServiceName service, LocationName location) {
    return changed("resume", service, location);
  }

  @Override
  public LocationStatus resumeAt(ServiceName service, LocationName location, Instant when) {
    return changed("resume at " + when, service, location);
  }

  @Override
  public LocationStatus cancelResume(ServiceName service, LocationName location) {
    return changed("cancel", service, location);
  }

  private LocationStatus changed(String what, ServiceName service, LocationName location) {
    calls.add(what + " " + service.wireName() + " " + location);
    return get(service, location);
  }

  private MetricsReport numbers(ServiceName service) {
    MetricsReport n = numbers;
    return new MetricsReport(
        service,
        n.backlog(),
        n.completions(),
        n.failures(),
        n.throughput(),
        service == ServiceName.INGESTION ? n.pending().notNegative() : n.pending());
  }

  private static void known(LocationName location) {
    if (!List.of(PARIS, TOKYO).contains(location)) {
      throw new BackbeatException(ErrorCode.ROUTE_NOT_FOUND, "no location " + location);
    }
  }
}
