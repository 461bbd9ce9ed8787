package io.backbeat.cloudserver.faults;

import static io.backbeat.cloudserver.faults.ReplicatedServers.AWS;
import static io.backbeat.cloudserver.faults.ReplicatedServers.EVERYWHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.FailedOperation;
import io.backbeat.api.ObjectVersion;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Fault.Reset;
import io.backbeat.testing.cloudserver.Faults;
import io.backbeat.testing.cloudserver.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong on the way, in the end everything is where it belongs, or can be retried. */
@Timeout(60)
class FaultsTest {
  private static final byte[] SMALL = bytes(1_000);
  private static final byte[] LARGE = bytes((16 << 20) + 1_000);

  @TempDir private static Path directory;
  private static ReplicatedServers servers;

  private final InMemoryStores stores = new InMemoryStores();
  private final RunningBackbeat backbeat =
      new RunningBackbeat(RunningBackbeat.Clients.of(servers), stores, EVERYWHERE, 2);
  private final Settled settled =
      new Settled(servers, backbeat, EVERYWHERE, LeftOver.at(servers), false);
  private String bucket;

  /** What clients do. */
  private enum Kind {
    SMALL_OBJECT,
    OBJECT_IN_PARTS,
    TAG_CHANGE,
    DELETE_MARKER
  }

  /** What goes wrong for a while, and then no more. */
  private enum Passing {
    CLOUD_IS_DOWN {
      @Override
      void happen() {
        faults().inject(Fault.locationDown(AWS.value()).times(6));
      }
    },
    OTHER_SERVER_IS_DOWN {
      @Override
      void happen() {
        otherFaults().inject(Fault.on().status(503, "ServiceUnavailable").times(6));
      }
    },
    DESTINATIONS_ARE_SLOW {
      @Override
      void happen() {
        Fault slow = Fault.on(TO_CLOUDS).latency(Duration.ofMillis(150));
        faults().inject(slow);
        otherFaults().inject(Fault.on().latency(Duration.ofMillis(50)));
      }
    },
    REQUESTS_BREAK_OFF {
      @Override
      void happen() {
        faults().inject(Fault.on(TO_CLOUDS).reset(Reset.REQUEST, 500).times(3));
        otherFaults().inject(Fault.on(Route.PUT_DATA).reset(Reset.REQUEST, 500).times(2));
      }
    },
    SOURCE_BREAKS_OFF {
      @Override
      void happen() {
        faults().inject(Fault.on(Route.GET_OBJECT).reset(Reset.RESPONSE, 500).times(3));
      }
    },
    BYTES_ARE_ALTERED {
      @Override
      void happen() {
        faults().inject(Fault.on(Route.GET_OBJECT).altered().times(2));
        faults()
            .inject(Fault.on(Route.BACKEND_PUT_OBJECT, Route.BACKEND_PUT_PART).altered().times(2));
      }
    },
    ANSWERS_OF_CLOUDS_ARE_LOST {
      @Override
      void happen() {
        for (Route route : TO_CLOUDS) {
          faults().inject(Fault.on(route).reset(Reset.ANSWER, 0).times(1));
        }
      }
    },
    ANSWERS_TO_METADATA_ARE_LOST {
      @Override
      void happen() {
        faults().inject(Fault.on(Route.PUT_METADATA).reset(Reset.ANSWER, 0).times(3));
        otherFaults().inject(Fault.on(Route.PUT_METADATA).reset(Reset.ANSWER, 0).times(3));
      }
    },
    STATUSES_ARE_REFUSED {
      @Override
      void happen() {
        faults().inject(Fault.on(Route.PUT_METADATA).status(403, "AccessDenied").times(6));
      }
    },
    STATUSES_ARE_NOT_WRITTEN {
      @Override
      void happen() {
        faults().inject(Fault.on(Route.PUT_METADATA).status(500, "InternalError").times(6));
      }
    },
    REPLICA_METADATA_IS_NOT_WRITTEN {
      @Override
      void happen() {
        otherFaults().inject(Fault.on(Route.PUT_METADATA).status(500, "InternalError").times(2));
      }
    };

    static final Route[] TO_CLOUDS = {
      Route.BACKEND_PUT_OBJECT,
      Route.BACKEND_PUT_PART,
      Route.BACKEND_COMPLETE_UPLOAD,
      Route.BACKEND_PUT_TAGGING,
      Route.BACKEND_DELETE_OBJECT
    };

    abstract void happen();

    static Faults faults() {
      return servers.source.faults();
    }

    static Faults otherFaults() {
      return servers.destination.faults();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @BeforeAll
  static void open() {
    servers = new ReplicatedServers(directory);
  }

  @AfterAll
  static void closeServers() {
    servers.close();
  }

  @BeforeEach
  void feed() {
    servers.feed(stores);
    bucket = servers.bucket(EVERYWHERE);
  }

  @AfterEach
  void close() {
    servers.mend();
    backbeat.close();
    stores.close();
  }

  /** The state before that is replicated, in case the kind is a change of one. */
  private ObjectVersion before(Kind kind) {
    ObjectVersion object =
        kind == Kind.OBJECT_IN_PARTS
            ? servers.putInParts(bucket, "dir/a b+c", LARGE)
            : servers.put(bucket, "dir/a b+c", SMALL);
    if (kind == Kind.TAG_CHANGE || kind == Kind.DELETE_MARKER) {
      backbeat.engine.start();
      assertThat(settled.rest()).isEmpty();
    }
    return object;
  }

  private ObjectVersion change(Kind kind, ObjectVersion object) {
    switch (kind) {
      case SMALL_OBJECT, OBJECT_IN_PARTS -> backbeat.engine.start();
      case TAG_CHANGE -> servers.tag(object, "changed");
      case DELETE_MARKER -> {
        return servers.delete(object);
      }
    }
    return object;
  }

  private static byte[] content(Kind kind) {
    return kind == Kind.OBJECT_IN_PARTS ? LARGE : SMALL;
  }

  static Stream<Arguments> passing() {
    return Stream.of(Passing.values())
        .flatMap(fault -> Stream.of(Kind.values()).map(kind -> Arguments.of(fault, kind)));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void what_passes_leaves_no_trace(Passing fault, Kind kind) {
    ObjectVersion before = before(kind);
    fault.happen();
    ObjectVersion object = change(kind, before);
    settled.restAfterRetry();
    settled.isEverywhere(object, content(kind));
  }

  @ParameterizedTest
  @EnumSource
  void server_that_restarts_is_waited_for(Kind kind) {
    ObjectVersion before = before(kind);
    long handled = servers.source.requests().entries(e -> true).size();
    servers.source.faults().inject(Fault.on(Route.GET_METADATA).latency(Duration.ofMillis(100)));
    ObjectVersion object = change(kind, before);
    await().until(() -> servers.source.requests().entries(e -> true).size() > handled);
    servers.source.stop();
    servers.destination.stop();
    await().until(() -> backbeat.engine.unfinished().logLag() == 0);
    servers.mend();
    settled.restAfterRetry();
    settled.isEverywhere(object, content(kind));
  }

  @ParameterizedTest
  @EnumSource
  void what_is_refused_is_listed_and_can_be_retried(Kind kind) {
    ObjectVersion before = before(kind);
    servers.source.know(Account.REPLICATION.refused());
    servers.destination.know(Account.REPLICATION.refused());
    ObjectVersion object = change(kind, before);
    List<FailedOperation> failed = settled.rest();
    assertThat(failed)
        .hasSize(EVERYWHERE.size())
        .allSatisfy(operation -> assertThat(operation.errorClass()).isEqualTo("AccessDenied"));
    servers.mend();
    settled.restAfterRetry();
    settled.isEverywhere(object, content(kind));
  }

  @ParameterizedTest
  @EnumSource(names = {"SMALL_OBJECT", "OBJECT_IN_PARTS"})
  void source_that_is_gone_leaves_nothing(Kind kind) {
    ObjectVersion object = before(kind);
    servers.deleteVersion(object);
    change(kind, object);
    assertThat(settled.rest()).isEmpty();
    servers
        .source
        .clouds()
        .values()
        .forEach(cloud -> assertThat(cloud.object(bucket, object.key())).isEmpty());
  }

  /** Waits until data is on its way to somewhere. */
  private static void onItsWay(Faults.Injected slow) {
    await().until(() -> slow.hits() > 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SMALL_OBJECT", "OBJECT_IN_PARTS"})
  void source_that_is_deleted_during_the_copy_leaves_nothing_open(Kind kind) {
    ObjectVersion object = before(kind);
    Faults.Injected slow =
        servers.source.faults().inject(Fault.on(Route.GET_OBJECT).latency(Duration.ofMillis(200)));
    change(kind, object);
    onItsWay(slow);
    servers.deleteVersion(object);
    assertThat(settled.rest()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SMALL_OBJECT", "OBJECT_IN_PARTS"})
  void source_that_changes_during_the_copy_arrives_as_it_is_now(Kind kind) {
    ObjectVersion object = before(kind);
    Faults.Injected slow =
        servers.source.faults().inject(Fault.on(Route.GET_OBJECT).latency(Duration.ofMillis(200)));
    change(kind, object);
    onItsWay(slow);
    servers.tag(object, "changed");
    settled.restAfterRetry();
    settled.isEverywhere(object, content(kind));
  }

  @ParameterizedTest
  @EnumSource(names = {"SMALL_OBJECT", "OBJECT_IN_PARTS"})
  void key_that_is_overwritten_during_the_copy_arrives_as_it_is_now(Kind kind) {
    ObjectVersion object = before(kind);
    Faults.Injected slow =
        servers.source.faults().inject(Fault.on(Route.GET_OBJECT).latency(Duration.ofMillis(200)));
    change(kind, object);
    onItsWay(slow);
    byte[] newer = bytes(2_000);
    ObjectVersion next = servers.put(bucket, object.key(), newer);
    settled.restAfterRetry();
    settled.isEverywhere(next, newer);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void every_key_arrives_under_its_name(String key) {
    backbeat.engine.start();
    ObjectVersion small = servers.put(bucket, key, SMALL);
    settled.restAfterRetry();
    settled.isEverywhere(small, SMALL);
    servers.tag(small, "changed");
    settled.restAfterRetry();
    settled.isEverywhere(small, SMALL);
    ObjectVersion marker = servers.delete(small);
    settled.restAfterRetry();
    settled.isEverywhere(marker, SMALL);
  }

  static Stream<String> keys() {
    return Stream.of(
        "a+b",
        "100%",
        "%2F",
        "with space",
        "ü/日本/🙂",
        "/leading",
        "dir/",
        "a//b",
        "a?b&c=d#e",
        "a;b:c@d!$'()*,~",
        "tab\tkey",
        "'\"<>\\");
  }
}
