package io.backbeat.engine;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.explanation.HistoryRecorder;
import io.backbeat.health.HealthProbe;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.location.LocationController;
import io.backbeat.location.ResumeScheduler;
import io.backbeat.log.LogPosition;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.monitoring.Meters;
import io.backbeat.populator.JobPlanner;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.LocationFollower;
import io.backbeat.processor.QueueProcessor;
import io.backbeat.processor.QueueSnapshot;
import io.backbeat.processor.QueueWatch;
import io.backbeat.processor.RetryScheduler;
import io.backbeat.status.FailureNotices;
import io.backbeat.status.JobSource;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import io.backbeat.task.RetryPolicy;
import io.backbeat.workflow.BucketConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine: reads the metadata log, queues jobs, runs them, keeps statuses, retries, counts.
 * Embeddable: no static state, no shutdown hook, several per JVM, also several on one store.
 *
 * <pre>{@code
 * try (Stores stores = EmbeddedStore.open(directory)) {
 *   BackbeatEngine engine =
 *       BackbeatEngine.builder(stores).locations(paris, tokyo).replication(handler).build();
 *   engine.start();
 *   ...
 *   engine.close(Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>Thread-safe. {@link #start} may be called once, {@link #close} any number of times. What is
 * durable when, is said by the ports.
 */
public final class BackbeatEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackbeatEngine.class);
  private static final Duration CONTROL_PERIOD = Duration.ofMillis(250);
  private static final Duration LONGEST_RETRY_PAUSE = Duration.ofMillis(250);
  private static final Duration METRICS_PAUSE = Duration.ofMillis(250);

  private enum State {
    NEW,
    RUNNING,
    CLOSED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private final Stores stores;
  private final Set<Role> roles;
  private final QueuePopulator populator;
  private final List<QueueWatch> watches;
  private final List<QueueProcessor> running;
  private final Backbeat operations;
  private final JobMetrics metrics;
  private final ExecutorService workers;
  private final LocationFollower follower;
  private final Loop populatorLoop;
  private final Optional<Loop> historyLoop;
  private final HistoryRecorder recorder;
  private final Loop bulkLoop;
  private final Optional<Loop> pendingLoop;
  private final Loop retryLoop;
  private final Loop controlLoop;
  private final Loop supervisorLoop;
  private final ResumeScheduler resumes;
  private final LocationController locations;
  private final EventFanOut events;
  private final JobSource jobSource;
  private final Supplier<OutcomeSettler> settlers;

  BackbeatEngine(EngineParts parts) {
    this.stores = parts.stores();
    this.roles = parts.roles();
    this.populator = parts.populator();
    this.watches = parts.watches();
    this.running =
        watches.stream()
            .map(QueueWatch::processor)
            .filter(processor -> EngineRoles.runs(roles, processor.name()))
            .toList();
    this.events = parts.events();
    this.jobSource = parts.jobSource();
    this.settlers = parts.settlers();
    this.operations = parts.operations();
    this.metrics = parts.metrics();
    this.workers = parts.workers();
    this.locations = parts.locations();
    this.resumes = parts.resumes();
    this.follower =
        new LocationFollower(ServiceName.REPLICATION, stores.locationStates(), replicating());
    RetryScheduler retries =
        new RetryScheduler(stores.failedJobs(), parts.queue(), jobSource, parts.clock());
    this.populatorLoop = parts.populatorLoop();
    this.historyLoop = parts.historyLoop();
    this.recorder = parts.recorder();
    this.bulkLoop = parts.bulkLoop();
    this.pendingLoop = parts.pendingLoop();
    this.retryLoop =
        new Loop(
            "retries",
            () -> {
              retries.runOnce();
              return retries.untilNextDue(LONGEST_RETRY_PAUSE);
            });
    this.controlLoop =
        new Loop(
            "control",
            () -> {
              follower.follow();
              return CONTROL_PERIOD;
            });
    this.supervisorLoop =
        new Loop(
            "supervisor",
            () -> {
              supervise();
              return parts.supervision();
            });
  }

  /**
   * An engine on some stores, which the caller closes after the engine.
   *
   * @param stores everything the engine keeps
   */
  public static Builder builder(Stores stores) {
    return new Builder(stores);
  }

  /**
   * Starts the work of the roles.
   *
   * @throws IllegalStateException if the engine was started or closed before
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; nothing
   *     was started
   */
  public void start() {
    if (state.get() == State.NEW) {
      Arrays.stream(ServiceName.values()).forEach(locations::initialize);
    }
    if (!state.compareAndSet(State.NEW, State.RUNNING)) {
      throw new IllegalStateException("an engine can be started once; it is " + state.get());
    }
    metrics.start(METRICS_PAUSE);
    historyLoop.ifPresent(Loop::start);
    if (roles.contains(Role.SCHEDULER)) {
      resumes.start();
    }
    if (processes()) {
      follower.follow(); // a paused location must not run a single job
      running.forEach(QueueProcessor::start);
      controlLoop.start();
      supervisorLoop.start();
    }
    if (retries()) {
      retryLoop.start();
    }
    if (roles.contains(Role.POPULATOR)) {
      populatorLoop.start();
      pendingLoop.ifPresent(Loop::start);
    }
    if (runsBulkTasks()) {
      bulkLoop.start();
    }
  }

  /**
   * The operator surface; works from the moment the engine is built, also when it is not started.
   */
  public Backbeat operations() {
    return operations;
  }

  /** What each queue is at, a moment ago, in the order of registration. */
  public List<QueueSnapshot> queues() {
    return watches.stream().map(watch -> watch.processor().snapshot()).toList();
  }

  /** What the populator has dealt with since the engine was built. */
  public QueuePopulator.Counts populated() {
    return populator.counts();
  }

  /**
   * What is still to be done, from the stores, by whatever engine.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer
   */
  public Unfinished unfinished() {
    return new Unfinished(populator.lag(), stores.failedJobs().counts(JobType.REPLICATION));
  }

  /**
   * One more settler of replication jobs, which writes their statuses and the ledger, whatever
   * {@link Builder#settler} says. For whoever settles outcomes that come from elsewhere, such as
   * another process: what it returns is to be given to {@link #tell}. One settler is used by one
   * thread at a time; any number may be at work beside the queues.
   */
  public OutcomeSettler statusSettler() {
    return settlers.get();
  }

  /**
   * Tells metrics and listeners what happened to jobs that this engine did not settle itself; to be
   * called after it became durable. A listener that throws hurts nobody else.
   */
  public void tell(List<JobEvent> happened) {
    events.accept(happened);
  }

  /** Makes jobs of the configured locations from the current metadata of versions. Thread-safe. */
  public JobSource jobSource() {
    return jobSource;
  }

  /** Plans quarantined log records again; see {@link QueuePopulator#replay}. */
  public boolean replay(LogPosition position) {
    return populator.replay(position);
  }

  /** Closes with 30 seconds to drain. */
  @Override
  public void close() {
    close(Duration.ofSeconds(30));
  }

  /**
   * Stops: takes nothing new, lets running attempts end, settles and commits them, writes the
   * counters. Work that does not end in time is cancelled and will be done again by the next
   * engine. Idempotent; if the thread is interrupted on entry, nothing is given time to drain.
   */
  public void close(Duration drain) {
    if (state.getAndSet(State.CLOSED) != State.RUNNING) {
      workers.shutdown();
      return;
    }
    boolean interrupted =
        Thread.interrupted(); // every part is closed all the same, with no time to drain
    Duration time = interrupted ? Duration.ZERO : drain;
    if (roles.contains(Role.POPULATOR)) {
      interrupted |= populatorLoop.close();
    }
    if (runsBulkTasks()) {
      interrupted |= bulkLoop.close();
    }
    if (retries()) {
      interrupted |= retryLoop.close();
    }
    if (processes()) {
      interrupted |= closeProcessors(time);
      interrupted |= controlLoop.close();
      interrupted |= supervisorLoop.close();
    }
    if (roles.contains(Role.POPULATOR)) {
      interrupted |= pendingLoop.filter(Loop::close).isPresent();
    }
    resumes.close();
    workers.shutdownNow();
    metrics.close();
    if (historyLoop.isPresent()) {
      interrupted |= historyLoop.get().close();
      recorder.flush();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Pausing a location concerns what is written to it: replication, and copies for lifecycle.
   * Queues of other types may have the same name.
   */
  private List<QueueProcessor> replicating() {
    Set<JobType> types = Set.of(JobType.REPLICATION, JobType.COPY_LOCATION);
    return running.stream().filter(p -> types.contains(p.name().type())).toList();
  }

  private boolean processes() {
    return roles.contains(Role.PROCESSOR) || roles.contains(Role.GC);
  }

  private boolean retries() {
    return processes() || roles.contains(Role.RETRIES);
  }

  private boolean runsBulkTasks() {
    return roles.contains(Role.POPULATOR) || roles.contains(Role.RETRIES);
  }

  /** A queue that does not tell how far it is must not keep the others from being looked at. */
  private void supervise() {
    for (QueueWatch watch : watches) {
      if (state.get() == State.RUNNING && running.contains(watch.processor())) {
        try {
          watch.supervise();
        } catch (BackbeatException e) {
          LOG.warn("{} cannot be watched: {}", watch.processor().name(), e.getMessage());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** All at once, so that the time to drain is that of the slowest and not of all together. */
  private boolean closeProcessors(Duration drain) {
    List<Thread> closing =
        running.stream()
            .map(p -> new Thread(() -> closeQuietly(p, drain), "backbeat-close-" + p.name()))
            .toList();
    closing.forEach(Thread::start);
    boolean interrupted = false;
    for (Thread thread : closing) {
      interrupted |= Loop.joined(thread);
    }
    return interrupted;
  }

  private static void closeQuietly(QueueProcessor processor, Duration drain) {
    try {
      processor.close(drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects what an engine is made of. Not thread-safe. */
  public static final class Builder {
    private final EngineAssembly assembly;

    private Builder(Stores stores) {
      this.assembly = new EngineAssembly(stores);
    }

    /** The destinations of replication, in the order in which they are reported. */
    public Builder locations(LocationName... names) {
      return locations(List.of(names));
    }

    /** The destinations of replication, in the order in which they are reported. */
    public Builder locations(Collection<LocationName> names) {
      return locations(ServiceName.REPLICATION, names);
    }

    /**
     * The locations of a service, in the order in which they are reported; replaces what was given
     * for the service before. Their desired states are kept, and their numbers reported, whoever
     * does the work: this engine itself runs replication only. A location that nobody has decided
     * on runs, but one of ingestion is paused until it is resumed for the first time. Default:
     * none.
     */
    public Builder locations(ServiceName service, Collection<LocationName> names) {
      assembly.locations(service, names);
      return this;
    }

    /**
     * Who copies objects to the destinations. Required when there are destinations, and {@link
     * Role#PROCESSOR} is among the roles.
     */
    public Builder replication(JobHandler handler) {
      assembly.replication(handler);
      return this;
    }

    /**
     * A job type of the embedder's own, planned from the same metadata log.
     *
     * @param locations the queues of the type; jobs for other locations are not run
     */
    public Builder jobType(
        JobType type, List<LocationName> locations, JobPlanner planner, JobHandler handler) {
      assembly.jobType(type, locations, Optional.of(planner), handler, FailureNotices.NONE);
      return this;
    }

    /**
     * A job type whose jobs others queue, such as {@link JobType#COPY_LOCATION}. Its jobs have no
     * statuses; retries go through the ledger as for every type. Queues of copies to a location are
     * paused together with its replication.
     *
     * @param locations the queues of the type; jobs for other locations are not run
     * @param notices hears of jobs of this type that failed for good, as a part of settling them:
     *     whoever asked for them may wait for an answer
     */
    public Builder jobType(
        JobType type, List<LocationName> locations, JobHandler handler, FailureNotices notices) {
      assembly.jobType(type, locations, Optional.empty(), handler, notices);
      return this;
    }

    /** As {@link #jobType(JobType, List, JobHandler, FailureNotices)}; nobody hears of failures. */
    public Builder jobType(JobType type, List<LocationName> locations, JobHandler handler) {
      return jobType(type, locations, handler, FailureNotices.NONE);
    }

    /**
     * Runs the jobs of garbage collection, of whatever location; all of them wait in one queue.
     * Plans none itself: they come from elsewhere, such as a lifecycle's transitions. Default:
     * nobody runs them.
     */
    public Builder garbageCollection(JobHandler handler) {
      return garbageCollection(Set.of(), handler);
    }

    /**
     * Deletes the data of a version at a transient source location once the version is COMPLETED
     * everywhere, and runs the jobs of garbage collection that come from elsewhere, as {@link
     * #garbageCollection(JobHandler)}. Default: never.
     *
     * @param transientSources source locations whose data is only kept until it is replicated
     */
    public Builder garbageCollection(Set<LocationName> transientSources, JobHandler handler) {
      assembly.garbageCollection(transientSources, handler);
      return this;
    }

    /**
     * Source locations whose objects are never queued because their data is not online. Default:
     * none.
     */
    public Builder coldSources(Set<LocationName> coldSources) {
      assembly.coldSources(coldSources);
      return this;
    }

    /** How the engine works. Default {@link EngineConfig#DEFAULT}. */
    public Builder config(EngineConfig config) {
      assembly.config(config);
      return this;
    }

    /**
     * When a failed attempt is repeated, for each location; a location may recover more slowly than
     * others. Default: as the configuration says, for all.
     */
    public Builder retry(Function<LocationName, RetryPolicy> policies) {
      assembly.retry(policies);
      return this;
    }

    /**
     * What is kept of what happened to jobs, for {@link io.backbeat.api.ObjectOperations#explain}.
     * Default {@link HistoryOptions#DEFAULT}.
     */
    public Builder history(HistoryOptions history) {
      assembly.history(history);
      return this;
    }

    /** Hears every job event, after it became durable; may be called for several listeners. */
    public Builder listener(JobEvent.Listener listener) {
      assembly.listener(listener);
      return this;
    }

    /**
     * Who takes over the outcomes of replication jobs, made from the settler that writes statuses
     * and the ledger, for each queue. Wraps or replaces that one: a process that is not to write
     * statuses publishes the outcomes to one that is. Default: that settler itself.
     */
    public Builder settler(UnaryOperator<OutcomeSettler> settler) {
      assembly.settler(settler);
      return this;
    }

    /**
     * Hears of replication jobs that failed for good, as a part of settling them, before their
     * offsets are committed. Default: nobody.
     */
    public Builder failureNotices(FailureNotices notices) {
      assembly.failureNotices(notices);
      return this;
    }

    /**
     * Whether the results of retries tell the role of the source, as the original's do where its
     * source is read in that role. Default: no.
     */
    public Builder rolesInRetries(boolean told) {
      assembly.rolesInRetries(told);
      return this;
    }

    /**
     * One more part of {@link Backbeat#health}, such as something that works beside the engine; may
     * be called for several. Default: the parts of the engine and those of its stores.
     */
    public Builder probe(HealthProbe probe) {
      assembly.probe(probe);
      return this;
    }

    /** Which parts of the work this engine takes on. Default: all. */
    public Builder roles(Set<Role> roles) {
      assembly.roles(roles);
      return this;
    }

    /**
     * What keeps and shows the meters of this engine, such as {@code PrometheusMeters.create()}.
     * Default: none, and {@link Backbeat#monitoring} says so. The caller closes them after the
     * engine.
     */
    public Builder meters(Meters meters) {
      assembly.meters(meters);
      return this;
    }

    /**
     * Writes the rules of buckets that configured workflows come to. Default: nobody does, and the
     * workflows are only kept, which a warning says.
     */
    public Builder bucketConfiguration(BucketConfiguration configuration) {
      assembly.bucketConfiguration(configuration);
      return this;
    }

    /** Where the time comes from. Default: the system clock in UTC. */
    public Builder clock(Clock clock) {
      assembly.clock(clock);
      return this;
    }

    /**
     * Builds the engine; nothing runs yet.
     *
     * @throws IllegalStateException if destinations whose jobs are to be run have no handler, or a
     *     job type is registered twice
     */
    public BackbeatEngine build() {
      return new BackbeatEngine(assembly.assemble());
    }
  }
}
