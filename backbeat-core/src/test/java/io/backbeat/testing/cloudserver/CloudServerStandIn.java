package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.backbeat.job.VersionIdGenerator;
import io.backbeat.log.MetadataJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A test double of CloudServer, with Vault and STS in it. See the description of the package.
 * Thread-safe.
 */
public final class CloudServerStandIn implements AutoCloseable {
  private static final int THREADS = 512;
  private static final AtomicInteger NAMES = new AtomicInteger();

  static {
    // Read once, when the JDK's server is first used in this JVM.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "1024");
    setUnlessSet("sun.net.httpserver.idleInterval", "300");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private final Server server;
  private final IdentityRoutes identities;
  private final Dispatcher dispatcher;
  private final ExecutorService threads;
  private final int port;
  private Optional<HttpServer> http = Optional.empty();
  private boolean closed;

  private CloudServerStandIn(Builder builder) {
    Documents documents = builder.documents;
    Signatures signatures = new Signatures(builder.clock);
    builder.accounts.forEach(signatures::know);
    DataStores stores = new DataStores(builder.locations, builder.blobs, builder.clock);
    List<String> endpoints =
        builder.locations.stream()
            .filter(location -> location.type() != Location.Type.LOCAL)
            .map(Location::name)
            .toList();
    this.server =
        new Server(
            new Buckets(documents),
            new Versions(
                documents,
                builder.feed,
                new VersionIdGenerator(builder.clock, builder.group),
                builder.group),
            stores,
            new Replications(stores, endpoints),
            signatures,
            new Faults(),
            new RequestLog(),
            builder.layout,
            builder.clock);
    this.identities = new IdentityRoutes(signatures, builder.clock);
    this.dispatcher = new Dispatcher(server, identities, new ControlRoutes(this));
    String name = "cloudserver-stand-in-" + NAMES.incrementAndGet() + '-';
    AtomicInteger numbers = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());
    HttpServer first = listen(builder.port);
    this.http = Optional.of(first);
    this.port = first.getAddress().getPort();
  }

  private HttpServer listen(int wanted) {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1024);
      started.createContext("/", dispatcher);
      started.setExecutor(threads);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one with everything in memory, the usual accounts and locations. */
  public static CloudServerStandIn start() {
    return builder().start();
  }

  /** To start one otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Where it listens, for clients: {@code http://127.0.0.1:<port>}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What goes wrong. */
  public Faults faults() {
    return server.faults();
  }

  /** What was asked for. */
  public RequestLog requests() {
    return server.log();
  }

  /** The cloud behind a location, which must be one. */
  public Cloud cloud(String location) {
    return server
        .stores()
        .findCloud(location)
        .orElseThrow(() -> new IllegalArgumentException("no cloud behind " + location));
  }

  /** All clouds by the names of their locations. */
  public Map<String, Cloud> clouds() {
    return server.stores().clouds();
  }

  /** Makes an account known, or gives one that is known other rights. */
  public void know(Account account) {
    server.signatures().know(account);
  }

  /** Roles of that ARN cannot be assumed from now on. */
  public void refuseRole(String roleArn) {
    identities.refuseRole(roleArn);
  }

  /** They can again. */
  public void allowRole(String roleArn) {
    identities.allowRole(roleArn);
  }

  /** How long sessions of roles last that are assumed from now on; an hour if not said. */
  public void sessionsLast(Duration time) {
    identities.sessionsLast(time);
  }

  /** Ends all sessions at once. */
  public void endSessions() {
    server.signatures().endSessions();
  }

  /**
   * The metadata of a version as it is stored.
   *
   * @param versionId encoded, {@code null}, or empty for the latest
   */
  public Optional<String> metadata(String bucket, String key, String versionId) {
    return server
        .buckets()
        .find(bucket)
        .flatMap(b -> server.versions().find(b, key, VersionIds.fromQuery(versionId)))
        .map(JsonNode::toString);
  }

  /** How many documents were written by the internal route for metadata. */
  public long metadataWrites() {
    return dispatcher.metadata().writes();
  }

  /** Marks a bucket as served by NFS, which S3 cannot. */
  public void serveByNfs(String bucket) {
    BucketAttributes attributes = server.buckets().get(bucket);
    server
        .buckets()
        .put(attributes.with("isNFS", com.fasterxml.jackson.databind.node.BooleanNode.TRUE));
  }

  /** The keys of data that neither metadata nor an upload in progress refers to. */
  public Set<String> orphans() {
    Set<String> keys = new TreeSet<>(server.stores().localKeys());
    dispatcher.uploads().dataKeys().forEach(keys::remove);
    for (BucketAttributes bucket : server.buckets().all()) {
      server
          .versions()
          .documents()
          .range(bucket.name(), "", "\uFFFF", Integer.MAX_VALUE)
          .forEach(
              document ->
                  JsonText.parse(document.json())
                      .path("location")
                      .findValuesAsText("key")
                      .forEach(keys::remove));
    }
    return keys;
  }

  /** How many pieces of data its own data store has. */
  public int localData() {
    return server.stores().localKeys().size();
  }

  /** Stops answering, as when the server is down; keeps everything. Idempotent. */
  public synchronized void stop() {
    http.ifPresent(running -> running.stop(0));
    http = Optional.empty();
  }

  /** Answers again, at the same port. Idempotent. */
  public synchronized void resume() {
    if (http.isEmpty() && !closed) {
      http = Optional.of(listen(port));
    }
  }

  /** Stops answering shortly after the call, and answers again that much later. */
  void downFor(Duration time) {
    Executor soon = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, threads);
    Executor later =
        CompletableFuture.delayedExecutor(50 + time.toMillis(), TimeUnit.MILLISECONDS, threads);
    soon.execute(this::stop);
    later.execute(this::resume);
  }

  @Override
  public synchronized void close() {
    stop();
    closed = true;
    threads.shutdownNow();
    server.versions().documents().close();
  }

  /** How one is to be. Not thread-safe. */
  public static final class Builder {
    private final List<Account> accounts = new ArrayList<>();
    private final List<Location> locations = new ArrayList<>();
    private Documents documents = new MemoryDocuments();
    private MetadataFeed feed = MetadataFeed.NONE;
    private BlobStore blobs = BlobStore.inMemory();
    private Clock clock = Clock.systemUTC();
    private KeyLayout layout = KeyLayout.V1;
    private String group = "RG001";
    private int port;

    private Builder() {}

    /** One more account; {@link Account#USER} and {@link Account#REPLICATION} if none is named. */
    public Builder account(Account account) {
      accounts.add(account);
      return this;
    }

    /**
     * One more location. If none is named: {@code us-east-1} of its own, {@code aws-backend-1},
     * {@code aws-backend-2}, {@code azure-backend-1}, {@code gcp-backend-1}.
     */
    public Builder location(String name, Location.Type type) {
      locations.add(new Location(name, type));
      return this;
    }

    /** Metadata in a database of MongoDB, where a change stream sees it; else it is in memory. */
    public Builder mongo(String uri, String database) {
      documents = new MongoDocuments(uri, database);
      return this;
    }

    /** Tells a journal what clients write, before they have their answer. */
    public Builder feed(MetadataJournal journal) {
      feed = MetadataFeed.into(journal);
      return this;
    }

    /** Bytes of objects in files; else they are in memory. */
    public Builder dataIn(Path directory) {
      blobs = BlobStore.inDirectory(directory);
      return this;
    }

    /** The ids of documents as in v0; else as in v1. */
    public Builder v0() {
      layout = KeyLayout.V0;
      return this;
    }

    /** Tells the time of writes and the age of sessions and signatures; else the system's. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** The replication group in version ids; else {@code RG001}. */
    public Builder group(String id) {
      group = id;
      return this;
    }

    /** Where to listen; else anywhere. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Starts it. */
    public CloudServerStandIn start() {
      if (accounts.isEmpty()) {
        accounts.add(Account.USER);
        accounts.add(Account.REPLICATION);
      }
      if (locations.isEmpty()) {
        location("us-east-1", Location.Type.LOCAL)
            .location("aws-backend-1", Location.Type.AWS_S3)
            .location("aws-backend-2", Location.Type.AWS_S3)
            .location("azure-backend-1", Location.Type.AZURE)
            .location("gcp-backend-1", Location.Type.GCP);
      }
      return new CloudServerStandIn(this);
    }
  }
}
