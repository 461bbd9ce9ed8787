package io.backbeat.engine;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.bulk.BulkRunner;
import io.backbeat.bulk.BulkTasks;
import io.backbeat.bulk.BulkWalks;
import io.backbeat.explanation.DestinationState;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.explanation.HistoryRecorder;
import io.backbeat.explanation.ObjectExplainer;
import io.backbeat.gc.GcPlan;
import io.backbeat.health.DeepHealthCheck;
import io.backbeat.health.HealthProbe;
import io.backbeat.health.HealthReporter;
import io.backbeat.health.TopicsProbe;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.lag.LagReader;
import io.backbeat.location.LocationController;
import io.backbeat.location.ResumeScheduler;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.metrics.MetricsReader;
import io.backbeat.monitoring.Meters;
import io.backbeat.populator.JobPlanner;
import io.backbeat.populator.JournalJobs;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.populator.ReplicationPlanner;
import io.backbeat.processor.QueueProcessor;
import io.backbeat.processor.QueueSnapshot;
import io.backbeat.processor.QueueWatch;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.status.CompletionPlanner;
import io.backbeat.status.FailedJobs;
import io.backbeat.status.FailureNotices;
import io.backbeat.status.JobRetry;
import io.backbeat.status.JobSource;
import io.backbeat.status.JobState;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusProcessor;
import io.backbeat.store.Stores;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.JobHandler;
import io.backbeat.task.RetryPolicy;
import io.backbeat.workflow.BucketConfiguration;
import io.backbeat.workflow.NoObjectServer;
import io.backbeat.workflow.Workflows;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the choices of a builder and wires the parts together; the one place that knows how they
 * fit.
 */
final class EngineAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(EngineAssembly.class);
  private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(5);
  private static final Duration DEEP_HEALTH_LIMIT = Duration.ofSeconds(60);
  private static final Duration RESUME_MAX_WAIT = Duration.ofSeconds(1);
  private static final Duration HISTORY_PAUSE = Duration.ofMillis(500);

  /**
   * How often queues are looked at, at most and at least; in between, by how long they may stand.
   */
  private static final Duration LONGEST_SUPERVISION = Duration.ofSeconds(30);

  private static final Duration SHORTEST_SUPERVISION = Duration.ofMillis(100);

  private final Stores stores;
  private final List<JobTypeSpec> ownTypes = new ArrayList<>();
  private final List<JobEvent.Listener> listeners = new ArrayList<>();
  private final List<HealthProbe> probes = new ArrayList<>();
  private final Set<LocationName> cold = new LinkedHashSet<>();
  private LocationSetup locations = LocationSetup.NONE;
  private Optional<JobHandler> replication = Optional.empty();
  private Set<LocationName> transientSources = Set.of();
  private Optional<JobHandler> collector = Optional.empty();
  private EngineConfig config = EngineConfig.DEFAULT;
  private Optional<Function<LocationName, RetryPolicy>> retry = Optional.empty();
  private Set<Role> roles = EnumSet.allOf(Role.class);
  private Clock clock = Clock.systemUTC();
  private Optional<Meters> meters = Optional.empty();
  private UnaryOperator<OutcomeSettler> settler = UnaryOperator.identity();
  private FailureNotices notices = FailureNotices.NONE;
  private HistoryOptions history = HistoryOptions.DEFAULT;
  private boolean rolesInRetries;
  private BucketConfiguration bucketConfiguration =
      new NoObjectServer("give the engine a bucketConfiguration");

  EngineAssembly(Stores stores) {
    this.stores = stores;
  }

  void locations(ServiceName service, Collection<LocationName> names) {
    locations = locations.with(service, names);
  }

  void replication(JobHandler handler) {
    replication = Optional.of(handler);
  }

  void jobType(
      JobType type,
      List<LocationName> queues,
      Optional<JobPlanner> planner,
      JobHandler handler,
      FailureNotices told) {
    boolean taken = type.equals(JobType.REPLICATION) || type.equals(JobType.GARBAGE_COLLECTION);
    if (taken || ownTypes.stream().anyMatch(t -> t.type().equals(type))) {
      throw new IllegalStateException(
          "job type " + type + " is registered already; choose another name");
    }
    ownTypes.add(new JobTypeSpec(type, queues, planner, handler, told));
  }

  void garbageCollection(Set<LocationName> sources, JobHandler handler) {
    transientSources = Set.copyOf(sources);
    collector = Optional.of(handler);
  }

  void coldSources(Set<LocationName> sources) {
    cold.addAll(sources);
  }

  void config(EngineConfig chosen) {
    config = chosen;
  }

  void retry(Function<LocationName, RetryPolicy> policies) {
    retry = Optional.of(policies);
  }

  void listener(JobEvent.Listener listener) {
    listeners.add(listener);
  }

  void probe(HealthProbe probe) {
    probes.add(probe);
  }

  void roles(Set<Role> chosen) {
    roles = chosen.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(chosen);
  }

  void meters(Meters chosen) {
    meters = Optional.of(chosen);
  }

  void bucketConfiguration(BucketConfiguration chosen) {
    bucketConfiguration = chosen;
  }

  void settler(UnaryOperator<OutcomeSettler> chosen) {
    settler = chosen;
  }

  void failureNotices(FailureNotices chosen) {
    notices = chosen;
  }

  void history(HistoryOptions chosen) {
    history = chosen;
  }

  void rolesInRetries(boolean told) {
    rolesInRetries = told;
  }

  void clock(Clock chosen) {
    clock = chosen;
  }

  EngineParts assemble() {
    ExecutorService workers = WorkerThreads.executor();
    JobMetrics metrics = new JobMetrics(stores.counters());
    EngineMonitoring monitoring = new EngineMonitoring(meters, stores, clock);
    List<QueueWatch> watches = new ArrayList<>();
    HistoryRecorder recorder =
        new HistoryRecorder(stores.transitions(), history, () -> destinationStates(watches), clock);
    List<JobEvent.Listener> heard = new ArrayList<>(monitoring.listeners());
    if (keepsHistory()) {
      heard.add(recorder);
    }
    heard.addAll(listeners);
    EventFanOut events = new EventFanOut(metrics, heard);
    List<JobTypeSpec> types = types();
    for (JobTypeSpec type : types) {
      for (QueueName name : type.queues()) {
        watches.add(watch(processor(type, name, workers, events, monitoring)));
      }
    }
    QueuePopulator populator = populator(types, events, monitoring.populatorQueue());
    LocationController controller =
        new LocationController(
            stores.locationStates(), locations::of, LocationController::defaultTarget, clock);
    LedPopulator led = new LedPopulator(populator, stores.leadership());
    Loop populatorLoop = new Loop("populator", led::round);
    JobSource jobs = jobSource();
    JobRetry retrying = jobRetry(events, monitoring.queue(), jobs);
    BulkRunner bulk = bulkRunner(retrying, jobs);
    Loop bulkLoop = new Loop("bulk", bulk::round);
    HealthReporter health =
        new HealthReporter(
            Stream.concat(
                    HealthProbes.of(
                        stores,
                        Optional.of(led).filter(l -> roles.contains(Role.POPULATOR)),
                        populator,
                        populatorLoop::error,
                        watches.stream()
                            .filter(w -> EngineRoles.runs(roles, w.processor().name()))
                            .toList(),
                        config.stuckAfter(),
                        clock)
                        .stream(),
                    probes.stream())
                .toList(),
            replicationQueues().stream()
                .findFirst()
                .map(name -> TopicsProbe.of(stores.queue(), name))
                .orElseGet(TopicsProbe::none),
            workers,
            HEALTH_DEADLINE);
    LagReader lags =
        new LagReader(
            stores.failedJobs(),
            stores.counters(),
            locations::of,
            () -> hindrances(controller, watches),
            LagReader.AGES_KEPT,
            clock);
    monitoring.lookUp(
        monitor ->
            new EngineReadings(
                stores, monitor, populator, watches, destinations(), controller, lags, clock),
        workers);
    EngineOperations operations =
        new EngineOperations(
            health,
            new DeepHealthCheck(stores.queue(), replicationQueues(), workers, DEEP_HEALTH_LIMIT),
            monitoring,
            new EngineMetrics(
                new MetricsReader(stores.counters(), locations::of, this::failedVersions, clock),
                lags),
            new FailedJobs(stores.failedJobs(), this::destinations, retrying),
            controller,
            new ObjectExplainer(
                stores, controller, () -> destinationStates(watches), history.retention(), clock),
            new Workflows(stores.workflowStates(), bucketConfiguration),
            new BulkTasks(stores.bulkTasks(), this::destinations, clock, bulkLoop::wake));
    return new EngineParts(
        stores,
        roles,
        clock,
        workers,
        monitoring.queue(),
        populator,
        watches,
        metrics,
        controller,
        new ResumeScheduler(
            stores.locationStates(),
            clock,
            RESUME_MAX_WAIT,
            () -> stores.leadership().leads(Role.SCHEDULER_TASK)),
        operations,
        populatorLoop,
        historyLoop(recorder),
        recorder,
        bulkLoop,
        PendingLoop.of(stores, destinations(), config.pendingCheck(), clock),
        events,
        jobs,
        () -> statusProcessor(monitoring.queue(), notices),
        supervision());
  }

  private static LagReader.Hindrances hindrances(
      LocationController controller, List<QueueWatch> watches) {
    return new LagReader.Hindrances(
        controller.list(ServiceName.REPLICATION).stream()
            .filter(status -> status.target() == TargetState.PAUSED)
            .map(LocationStatus::location)
            .collect(Collectors.toSet()),
        watches.stream()
            .map(watch -> watch.processor().snapshot())
            .filter(queue -> queue.queue().type().equals(JobType.REPLICATION))
            .filter(queue -> queue.breaker() == CircuitBreaker.State.OPEN)
            .map(queue -> queue.queue().location())
            .collect(Collectors.toSet()));
  }

  private boolean keepsHistory() {
    return history.detail() != HistoryOptions.Detail.NOTHING;
  }

  private Optional<Loop> historyLoop(HistoryRecorder recorder) {
    return keepsHistory()
        ? Optional.of(
            new Loop(
                "history",
                () -> {
                  recorder.flush();
                  return HISTORY_PAUSE;
                }))
        : Optional.empty();
  }

  /** Of the queues that this engine runs, once they run. */
  private Map<LocationName, DestinationState> destinationStates(List<QueueWatch> watches) {
    Map<LocationName, DestinationState> states = new HashMap<>();
    for (QueueWatch watch : watches) {
      QueueSnapshot now = watch.processor().snapshot();
      if (now.queue().type().equals(JobType.REPLICATION)
          && EngineRoles.runs(roles, now.queue())
          && now.observed() != ObservedState.UNKNOWN) {
        boolean down = now.breaker() != CircuitBreaker.State.CLOSED;
        states.put(
            now.queue().location(),
            down
                ? new DestinationState(
                    true, now.destinationDownUntil(), now.error().orElse("it is being tried"))
                : DestinationState.UP);
      }
    }
    return states;
  }

  private List<QueueName> replicationQueues() {
    return destinations().stream().map(l -> new QueueName(JobType.REPLICATION, l)).toList();
  }

  private List<JobTypeSpec> types() {
    List<JobTypeSpec> types = new ArrayList<>();
    List<LocationName> destinations = destinations();
    if (!destinations.isEmpty()) {
      JobHandler handler = replication.orElseGet(() -> noHandler(destinations));
      JobPlanner planner = new ReplicationPlanner(destinations, cold);
      types.add(
          new JobTypeSpec(
              JobType.REPLICATION, destinations, Optional.of(planner), handler, notices));
    }
    collector.ifPresent(
        handler ->
            types.add(
                new JobTypeSpec(
                    JobType.GARBAGE_COLLECTION,
                    List.of(QueueName.EVERYWHERE),
                    Optional.empty(),
                    handler,
                    FailureNotices.NONE)));
    types.addAll(ownTypes);
    return types;
  }

  /** Only who runs jobs needs somebody to run them. */
  private JobHandler noHandler(List<LocationName> destinations) {
    if (roles.contains(Role.PROCESSOR)) {
      throw new IllegalStateException(
          "locations " + destinations + " need a handler: call replication(handler)");
    }
    return (job, context) -> {
      throw new IllegalStateException("this engine runs no jobs: it has the roles " + roles);
    };
  }

  private QueueWatch watch(QueueProcessor processor) {
    return new QueueWatch(
        processor,
        stores.queue(),
        config.processors(),
        config.restarts(),
        config.stuckAfter(),
        clock);
  }

  private Duration supervision() {
    Duration often = config.stuckAfter().dividedBy(4);
    Duration atMost = often.compareTo(LONGEST_SUPERVISION) < 0 ? often : LONGEST_SUPERVISION;
    return atMost.compareTo(SHORTEST_SUPERVISION) < 0 ? SHORTEST_SUPERVISION : atMost;
  }

  private StatusProcessor statusProcessor(JobQueue queue, FailureNotices told) {
    return new StatusProcessor(
        stores.statuses(),
        stores.failedJobs(),
        queue,
        followUp(),
        location -> retry.map(of -> of.apply(location)).orElse(config.retry()),
        RandomGenerator.getDefault(),
        told);
  }

  private QueueProcessor processor(
      JobTypeSpec type,
      QueueName name,
      ExecutorService workers,
      EventFanOut events,
      EngineMonitoring monitoring) {
    boolean replicates = type.type().equals(JobType.REPLICATION);
    OutcomeSettler plain = statusProcessor(monitoring.queue(), type.notices());
    return new QueueProcessor(
        name,
        monitoring.queue(),
        stores.statuses(),
        replicates ? settler.apply(plain) : plain,
        monitoring.handler(type.handler()),
        new CircuitBreaker(clock, config.breakerFirstDelay(), config.breakerMaxDelay()),
        stores.quarantine(),
        config.processors(),
        workers,
        events,
        clock);
  }

  private CompletionPlanner followUp() {
    if (collector.isEmpty()) {
      return CompletionPlanner.NONE;
    }
    Set<LocationName> sources = transientSources;
    return job -> collect(job, sources);
  }

  /**
   * Metadata that was good enough to be replicated and is not good enough for this must not stop
   * the queue.
   */
  private List<Job> collect(Job job, Set<LocationName> sources) {
    try {
      return GcPlan.plan(job.object(), job.revision(), job.payload(), sources, clock.instant())
          .stream()
          .toList();
    } catch (IllegalArgumentException e) {
      LOG.error(
          "{}: the source data stays, because its place cannot be read: {}",
          job.key(),
          e.getMessage());
      return List.of();
    }
  }

  private QueuePopulator populator(List<JobTypeSpec> types, EventFanOut events, JobQueue queue) {
    return new QueuePopulator(
        stores.journal(),
        stores.positions(),
        stores.quarantine(),
        stores.failedJobs(),
        queue,
        types.stream().flatMap(t -> t.planner().stream()).toList(),
        jobSource(),
        events,
        clock,
        config.populatorBatch());
  }

  private JobSource jobSource() {
    JournalJobs known = new JournalJobs(stores.metadata(), clock);
    return (object, location) ->
        destinations().contains(location) ? known.jobFor(object, location) : Optional.empty();
  }

  private JobRetry jobRetry(EventFanOut events, JobQueue queue, JobSource jobs) {
    return new JobRetry(
        stores.failedJobs(),
        stores.statuses(),
        queue,
        jobs,
        event -> events.accept(List.of(event)),
        clock,
        rolesInRetries);
  }

  private BulkRunner bulkRunner(JobRetry retrying, JobSource jobs) {
    BulkWalks walks =
        new BulkWalks(
            stores.journal(),
            stores.statuses(),
            stores.failedJobs(),
            stores.queue(),
            jobs,
            retrying,
            destinations(),
            cold,
            transientSources,
            config.sweep().olderThan());
    return new BulkRunner(stores.bulkTasks(), walks, config.sweep(), stores.leadership(), clock);
  }

  private List<LocationName> destinations() {
    return locations.of(ServiceName.REPLICATION);
  }

  private Map<LocationName, Long> failedVersions() {
    Map<LocationName, Long> failed = new HashMap<>();
    stores
        .failedJobs()
        .counts(JobType.REPLICATION)
        .forEach(
            (location, states) -> failed.put(location, states.getOrDefault(JobState.FAILED, 0L)));
    return failed;
  }
}
