package io.backbeat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every record of the published language. */
class RecordsTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "key", "v1");
  private static final SiteReplication SITE =
      new SiteReplication(PARIS, SiteStatus.COMPLETED, "there-1");

  private static final BulkRequest.Resync RESYNC =
      new BulkRequest.Resync(
          new ObjectSelection(List.of(PARIS), Optional.of("bucket"), "prefix"),
          TimeRange.ALWAYS,
          Set.of(SiteStatus.PENDING),
          true,
          BulkRequest.UNLIMITED);

  private static final List<Record> EXAMPLES =
      List.of(
          Amount.ZERO,
          new ComponentHealth("store", ComponentHealth.State.OK, ""),
          new DeepHealth(new TreeMap<>(), Duration.ZERO),
          new FailedOperation(
              OBJECT, PARIS, 1, Instant.EPOCH, 1, Instant.EPOCH, Instant.EPOCH, "Timeout", "slow"),
          new FailedPage(List.of(), OptionalLong.empty()),
          new HealthReport(List.of()),
          PARIS,
          new LocationStatus(
              ServiceName.REPLICATION,
              PARIS,
              TargetState.PAUSED,
              ObservedState.PAUSED,
              Optional.of(Instant.EPOCH),
              1),
          new MetricsReport(
              ServiceName.REPLICATION,
              Amount.ZERO,
              Amount.ZERO,
              Amount.ZERO,
              new Throughput(0, 0),
              Amount.ZERO),
          new ObjectProgress(1, 1),
          OBJECT,
          new ReplicationStatus(OBJECT, List.of(SITE)),
          new RetryRequest(OBJECT, PARIS, true),
          new RetryResult(OBJECT, PARIS, 1, Instant.EPOCH, SiteStatus.PENDING),
          SITE,
          new Throughput(1, 1),
          new TopicHealth("topic", List.of(), 1),
          new TopicHealth.Partition(0, 1, List.of(1), List.of(1)),
          new AgeBucket(Duration.ZERO, Optional.of(Duration.ofSeconds(1)), Amount.ZERO),
          new Blocker(Blocker.Reason.PAUSED, Optional.of(Instant.EPOCH), "paused"),
          BulkCounts.NONE,
          RESYNC,
          new BulkRequest.Retry(
              new ObjectSelection(List.of(PARIS), Optional.of("bucket"), "prefix"),
              TimeRange.ALWAYS,
              Optional.of("Timeout"),
              true,
              BulkRequest.UNLIMITED),
          new UnfinishedJob.Failure(Instant.EPOCH, "Timeout", "slow"),
          new BulkTask(
              "task-1",
              RESYNC,
              BulkTask.State.DONE,
              BulkCounts.NONE,
              BulkCounts.NONE,
              1,
              Optional.empty(),
              Instant.EPOCH,
              Optional.of(Instant.EPOCH),
              ""),
          new CatchUp(CatchUpState.CAUGHT_UP, Optional.of(Duration.ZERO)),
          new LagReport(
              PARIS,
              Instant.EPOCH,
              Optional.empty(),
              List.of(new AgeBucket(Duration.ZERO, Optional.empty(), Amount.ZERO)),
              0,
              Optional.empty(),
              Rate.ZERO,
              Rate.ZERO,
              CatchUp.in(CatchUpState.CAUGHT_UP, Duration.ZERO),
              false,
              false),
          new LocationExplanation(SITE, Optional.empty(), List.of(), List.of()),
          new ObjectExplanation(
              OBJECT, "1", OptionalLong.of(1), Optional.of(Instant.EPOCH), List.of()),
          new ObjectSelection(List.of(PARIS), Optional.of("bucket"), "prefix"),
          new OldestPending(OBJECT, Instant.EPOCH, Duration.ZERO),
          Rate.ZERO,
          new ReplicationTimes(
              Instant.EPOCH, 1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2)),
          TimeRange.ALWAYS,
          new Transition(
              Instant.EPOCH, Transition.Event.FAILED, 1, Optional.empty(), "Timeout", "slow"),
          new UnfinishedJob(
              UnfinishedJob.State.QUEUED,
              0,
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              OptionalLong.of(1)));

  @Test
  void every_record_has_an_example_here() throws URISyntaxException, ClassNotFoundException {
    File classes =
        new File(Amount.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    File[] files = new File(classes, "io/backbeat/api").listFiles();
    assertThat(files).isNotNull();
    for (File file : files) {
      if (file.getName().endsWith(".class") && !file.getName().equals("package-info.class")) {
        Class<?> type = Class.forName("io.backbeat.api." + file.getName().replace(".class", ""));
        if (type.isRecord()) {
          assertThat(EXAMPLES).as("an example of %s", type).anyMatch(type::isInstance);
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> no_component_may_be_null() {
    return EXAMPLES.stream()
        .flatMap(
            example ->
                Arrays.stream(example.getClass().getRecordComponents())
                    .filter(component -> !component.getType().isPrimitive())
                    .map(component -> nullIsRefused(example, component)));
  }

  @TestFactory
  Stream<DynamicTest> lists_are_copies() {
    return EXAMPLES.stream()
        .flatMap(
            example ->
                Arrays.stream(example.getClass().getRecordComponents())
                    .filter(component -> component.getType() == List.class)
                    .map(
                        component ->
                            DynamicTest.dynamicTest(
                                name(example, component),
                                () -> {
                                  List<?> list = (List<?>) component.getAccessor().invoke(example);
                                  assertThat(list).isSameAs(List.copyOf(list));
                                })));
  }

  private static DynamicTest nullIsRefused(Record example, RecordComponent missing) {
    return DynamicTest.dynamicTest(
        name(example, missing),
        () -> {
          RecordComponent[] components = example.getClass().getRecordComponents();
          Constructor<?> constructor =
              example
                  .getClass()
                  .getDeclaredConstructor(
                      Arrays.stream(components)
                          .map(RecordComponent::getType)
                          .toArray(Class<?>[]::new));
          Object[] values = new Object[components.length];
          for (int i = 0; i < values.length; i++) {
            boolean left = components[i].getName().equals(missing.getName());
            values[i] = left ? null : components[i].getAccessor().invoke(example);
          }
          assertThatNullPointerException().isThrownBy(() -> create(constructor, values));
        });
  }

  private static void create(Constructor<?> constructor, Object[] values) throws Throwable {
    try {
      constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String name(Record example, RecordComponent component) {
    return example.getClass().getSimpleName() + '.' + component.getName();
  }
}
