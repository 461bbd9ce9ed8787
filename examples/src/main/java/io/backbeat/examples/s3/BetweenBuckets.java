package io.backbeat.examples.s3;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.job.JobEvent;
import io.backbeat.job.NewObject;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.replication.StoredObject;
import io.backbeat.s3.S3Options;
import io.backbeat.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies objects from one bucket to another, at any two S3 endpoints: an engine inside the program
 * that writes the objects, which tells it of each one.
 *
 * <pre>BetweenBuckets FROM TO STATE</pre>
 *
 * <p>FROM and TO are {@code s3://BUCKET?endpoint=http://HOST:PORT}; without an endpoint it is AWS.
 * Key pairs are found as the AWS SDK finds them, for example in {@code AWS_ACCESS_KEY_ID} and
 * {@code AWS_SECRET_ACCESS_KEY}. STATE is a directory where the engine keeps queues and statuses.
 * Each line that is entered is the key of an object that was written to FROM; the end of the input
 * ends the program. What it was told and has not copied by then is copied when it is started again.
 */
public final class BetweenBuckets {
  private static final String BUCKET = "from";
  private static final LocationName FROM = LocationName.of("from");
  private static final LocationName TO = LocationName.of("to");

  private final ObjectStore source;
  private final MetadataJournal journal;

  private BetweenBuckets(ObjectStore source, MetadataJournal journal) {
    this.source = source;
    this.journal = journal;
  }

  /** Runs until the input ends. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      System.err.println("usage: BetweenBuckets s3://FROM s3://TO STATE < KEYS");
      return;
    }
    // begin: buckets
    try (Stores stores = EmbeddedStore.open(Path.of(args[2]));
        ObjectStore source = S3Options.parse(args[0]).open();
        ObjectStore copies = S3Options.parse(args[1]).open();
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(TO)
                .replication(new ReplicationHandler(source, Map.of(TO, copies)))
                .listener(BetweenBuckets::tell)
                .build()) {
      engine.start();
      new BetweenBuckets(source, stores.journal()).announceAll();
    }
    // end: buckets
  }

  private void announceAll() throws IOException {
    BufferedReader keys =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    for (String key = keys.readLine(); key != null; key = keys.readLine()) {
      announce(key);
    }
  }

  /** Durable when it returns: from then on, the engine does not rest until the copy is made. */
  private void announce(String key) throws IOException {
    Optional<StoredObject> found = source.stat(key);
    if (found.isEmpty()) {
      System.out.println("there is no " + key);
      return;
    }
    // begin: announce
    StoredObject written = found.get();
    NewObject object =
        NewObject.of(
                ObjectVersion.unversioned(BUCKET, key),
                written.size(),
                written.lastModified(),
                written.fingerprint(),
                FROM,
                List.of(TO))
            .describedBy("", written.userMetadata());
    journal.append(List.of(new MetadataChange.Put(object.version(), object.toMetadata())));
    // end: announce
  }

  // begin: listener
  private static void tell(JobEvent event) {
    if (event instanceof JobEvent.Completed done) {
      System.out.println("copied " + done.job().object().key());
    } else if (event instanceof JobEvent.Failed failed) {
      System.out.println("failed " + failed.job().object().key() + ": " + failed.message());
    }
  }
  // end: listener
}
