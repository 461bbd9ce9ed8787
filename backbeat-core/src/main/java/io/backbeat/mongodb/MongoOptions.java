package io.backbeat.mongodb;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * How MongoDB is reached. Immutable.
 *
 * @param uri the connection string, with credentials, TLS and whatever else it says; writes are
 *     acknowledged by a majority unless it says otherwise; reads always go to the primary
 * @param metadataDatabase CloudServer's database of buckets and objects
 * @param ownDatabase where the ledger, the quarantine and positions are kept
 * @param serverSelectionTimeout how long a call looks for a server before it says that MongoDB does
 *     not answer
 * @param readTimeout how long a call waits for the answer of a server it has reached
 * @param countsAge how old the counts of the ledger may be; they are counted anew at most so often
 */
public record MongoOptions(
    String uri,
    String metadataDatabase,
    String ownDatabase,
    Duration serverSelectionTimeout,
    Duration readTimeout,
    Duration countsAge) {
  /** CloudServer's database where nothing else is configured. */
  public static final String METADATA_DATABASE = "metadata";

  /** Our own database where nothing else is configured. */
  public static final String OWN_DATABASE = "backbeat";

  /** Checks the durations and that the two databases are two. */
  public MongoOptions {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(metadataDatabase, "metadataDatabase");
    Objects.requireNonNull(ownDatabase, "ownDatabase");
    if (metadataDatabase.equals(ownDatabase)) {
      throw new IllegalArgumentException(
          "the own database must be another one than CloudServer's, both are \""
              + ownDatabase
              + "\": CloudServer takes every collection of its database for a bucket");
    }
    if (serverSelectionTimeout.isZero() || serverSelectionTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "serverSelectionTimeout must be > 0, was " + serverSelectionTimeout);
    }
    if (readTimeout.isZero() || readTimeout.isNegative()) {
      throw new IllegalArgumentException("readTimeout must be > 0, was " + readTimeout);
    }
    if (countsAge.isNegative()) {
      throw new IllegalArgumentException("countsAge must be >= 0, was " + countsAge);
    }
  }

  /**
   * The servers of a connection string, and the defaults: databases {@code metadata} and {@code
   * backbeat}, 5 s to find a server, 30 s for an answer, counts of the ledger at most 1 s old.
   */
  public static MongoOptions of(String uri) {
    return new MongoOptions(
        uri,
        METADATA_DATABASE,
        OWN_DATABASE,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1));
  }

  /**
   * The servers of a replica set, without credentials.
   *
   * @param hosts {@code host:port}, joined with commas
   * @param name of the replica set
   */
  public static MongoOptions replicaSet(String hosts, String name) {
    return of("mongodb://" + hosts + "/?replicaSet=" + encoded(name));
  }

  /**
   * The servers of a replica set, with a user who is known to the database {@code admin}.
   *
   * @param hosts {@code host:port}, joined with commas
   * @param name of the replica set
   */
  public static MongoOptions replicaSet(
      String hosts, String name, String user, String password, boolean tls) {
    return of(
        "mongodb://"
            + encoded(user)
            + ':'
            + encoded(password)
            + '@'
            + hosts
            + "/?replicaSet="
            + encoded(name)
            + (tls ? "&tls=true" : ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** With other databases. */
  public MongoOptions withDatabases(String metadata, String own) {
    return new MongoOptions(uri, metadata, own, serverSelectionTimeout, readTimeout, countsAge);
  }

  /** With another time to find a server. */
  public MongoOptions withServerSelectionTimeout(Duration timeout) {
    return new MongoOptions(uri, metadataDatabase, ownDatabase, timeout, readTimeout, countsAge);
  }

  /** With another time for an answer. */
  public MongoOptions withReadTimeout(Duration timeout) {
    return new MongoOptions(
        uri, metadataDatabase, ownDatabase, serverSelectionTimeout, timeout, countsAge);
  }

  /** With counts of another age; zero counts for every question. */
  public MongoOptions withCountsAge(Duration age) {
    return new MongoOptions(
        uri, metadataDatabase, ownDatabase, serverSelectionTimeout, readTimeout, age);
  }

  /** The servers, without credentials. */
  public String hosts() {
    String rest = uri.substring(uri.indexOf("://") < 0 ? 0 : uri.indexOf("://") + 3);
    String authority = rest.split("[/?]", 2)[0];
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  /** The servers and databases, never the credentials. */
  @Override
  public String toString() {
    return "MongoDB at " + hosts() + ", databases " + metadataDatabase + " and " + ownDatabase;
  }
}
