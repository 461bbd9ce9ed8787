package io.backbeat.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * A MongoDB replica set for tests, one per JVM: a stand-in in this process, or the real one of
 * {@code -Dbackbeat.it.mongo.uri=}. What the stand-in cannot show stands in {@code
 * docs/testing.md}. Every test takes databases of its own; nothing has to be stopped, the threads
 * are daemons.
 *
 * <p>Faults can be made in the stand-in only; ask {@link #isStandIn()} first.
 */
public final class MongoReplica {
  /** Names the connection string of a real replica set to be used instead of the stand-in. */
  public static final String URI_PROPERTY = "backbeat.it.mongo.uri";

  private static final int WORKERS = 96;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String uri;
  private final Optional<ReplicaBackend> standIn;

  private MongoReplica(String uri, Optional<ReplicaBackend> standIn) {
    this.uri = uri;
    this.standIn = standIn;
  }

  /** The replica set of this JVM; started by the first call. */
  public static MongoReplica shared() {
    return Shared.REPLICA;
  }

  private static final class Shared {
    static final MongoReplica REPLICA = start();
    static final MongoClient CLIENT = MongoClients.create(REPLICA.uri());
  }

  private static MongoReplica start() {
    String real = System.getProperty(URI_PROPERTY, "");
    if (!real.isEmpty()) {
      return new MongoReplica(real, Optional.empty());
    }
    // It logs every error that it answers, also those that a test makes.
    ((Logger) LoggerFactory.getLogger("de.bwaldvogel")).setLevel(Level.OFF);
    ReplicaBackend backend = new ReplicaBackend();
    MongoServer server = new MongoServer(backend);
    // A stream that waits holds a worker; connections share workers once there are more of them.
    server.bind(new InetSocketAddress("127.0.0.1", 0), 1, WORKERS);
    int port = server.getLocalAddress().getPort();
    backend.listensOn(port);
    return new MongoReplica(
        "mongodb://127.0.0.1:" + port + "/?replicaSet=" + ReplicaBackend.SET_NAME,
        Optional.of(backend));
  }

  /** How to connect. */
  public String uri() {
    return uri;
  }

  /** A client for looking at what is stored, shared by all tests. */
  public MongoClient client() {
    return Shared.CLIENT;
  }

  /** Whether faults can be made. */
  public boolean isStandIn() {
    return standIn.isPresent();
  }

  /** A database name that nobody has used. */
  public String freshDatabase(String prefix) {
    return prefix + "-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
  }

  private ReplicaBackend backend() {
    return standIn.orElseThrow(
        () -> new IllegalStateException("faults can be made in the stand-in only"));
  }

  /** Closes every connection; clients may connect again at once. */
  public void cutConnections() {
    backend().cutConnections();
  }

  /** Forgets the open change streams of a database: the next getMore finds no cursor. */
  public void killChangeStreams(String database) {
    backend().killChangeStreams(database);
  }

  /** Forgets all changes of a database so far: resuming behind one of them is error 286. */
  public void loseHistory(String database) {
    backend().loseHistory(database);
  }

  /**
   * Answers the next commands of a name with an error.
   *
   * @param command for example {@code find}
   * @param times how many
   * @param code the error code, for example 10107 for a node that is no primary any more
   */
  public void refuse(String command, int times, int code) {
    backend().refuse(command, times, code);
  }

  /** Lets every command take so much longer; zero for the normal speed. */
  public void delayAnswers(Duration delay) {
    backend().delayAnswers(delay);
  }

  /**
   * Runs something right before the next command of a name is executed, on the thread of the
   * server: between a client's read and its write, for example.
   */
  public void before(String command, Runnable action) {
    backend().before(command, action);
  }
}
