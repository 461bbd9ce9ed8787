package io.backbeat.examples.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.LogEntry;
import io.backbeat.populator.Plan;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.StoredObject;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A job type of one's own: for every object that is written, a file with its CRC32C. Running a job
 * twice writes the same file twice, as every handler has to bear.
 */
final class Checksums implements JobHandler {
  static final JobType TYPE = new JobType("checksum");

  private static final LocationName HOME = LocationName.of("home");

  private final ObjectStore source;
  private final Path directory;

  Checksums(ObjectStore source, Path directory) {
    this.source = source;
    this.directory = directory;
  }

  // begin: plan
  /** Which jobs a change asks for: one for each object that was written. Pure. */
  static Plan plan(LogEntry entry) {
    if (entry.operation() != LogEntry.Operation.PUT) {
      return new Plan.Ignore("not a write");
    }
    ObjectMetadata metadata = ObjectMetadata.parse(entry.value());
    JobKey key = new JobKey(TYPE, ObjectVersion.unversioned(entry.bucket(), entry.key()), HOME);
    return new Plan.Queue(
        List.of(
            new Job(key, metadata.revision(), metadata.contentLength(), 0, entry.timestamp(), "")));
  }

  // end: plan

  // begin: handle
  /** Reads the object and writes its checksum. What it throws is tried again. */
  @Override
  public TaskOutcome handle(Job job, JobContext context) throws IOException {
    String key = job.object().key();
    Optional<StoredObject> object = source.stat(key);
    if (object.isEmpty()) {
      return new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "there is no " + key);
    }
    Path file = directory.resolve(key + ".crc32c");
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.format("%08x%n", checksum(object.get())));
    return TaskOutcome.Replicated.WITHOUT_VERSION;
  }

  // end: handle

  private long checksum(StoredObject object) throws IOException {
    CRC32C checksum = new CRC32C();
    if (object.size() > 0) {
      try (ReadableByteChannel channel = source.open(object, new ByteRange(0, object.size()));
          InputStream in = new CheckedInputStream(Channels.newInputStream(channel), checksum)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return checksum.getValue();
  }
}
