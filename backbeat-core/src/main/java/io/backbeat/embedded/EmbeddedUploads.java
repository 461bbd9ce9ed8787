package io.backbeat.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Open uploads in the file, and their parts. */
final class EmbeddedUploads implements UploadStore {
  private static final String SELECT =
      "SELECT id, type, bucket, key, version, location, revision, upload, role, begun_at, touched_at"
          + " FROM open_upload ";
  private static final String OF_JOB =
      "WHERE bucket = ? AND key = ? AND version = ? AND type = ? AND location = ?";
  private static final String OF_UPLOAD =
      "(SELECT id FROM open_upload " + OF_JOB + " AND upload = ?)";

  private final Writer writer;
  private final Readers readers;

  EmbeddedUploads(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public void begin(OpenUpload upload) {
    writer.write(
        db -> {
          delete(db, upload.job(), upload.uploadId());
          db.update(
              "INSERT INTO open_upload (bucket, key, version, type, location, upload, revision, role,"
                  + " begun_at, touched_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              with(
                  upload.job(),
                  upload.uploadId(),
                  upload.revision(),
                  upload.role(),
                  Millis.of(upload.begunAt()),
                  Millis.of(upload.touchedAt())));
          for (OpenUpload.Part part : upload.parts()) {
            insert(db, upload.job(), upload.uploadId(), part);
          }
          return 1;
        });
  }

  @Override
  public void addPart(JobKey job, String uploadId, OpenUpload.Part part, Instant at) {
    writer.write(
        db -> {
          int known = touch(db, job, uploadId, at);
          if (known > 0) {
            insert(db, job, uploadId, part);
          }
          return known;
        });
  }

  @Override
  public List<OpenUpload> find(JobKey job) {
    return readers.read(
        db ->
            list(
                db,
                SELECT + OF_JOB + " ORDER BY begun_at DESC",
                job.object().bucket(),
                job.object().key(),
                job.object().versionId(),
                job.type().name(),
                job.location().value()));
  }

  @Override
  public List<OpenUpload> untouched(Instant before, int limit) {
    return readers.read(
        db ->
            list(
                db,
                SELECT + "WHERE touched_at < ? ORDER BY touched_at LIMIT ?",
                Millis.of(before),
                limit));
  }

  @Override
  public void touch(JobKey job, String uploadId, Instant at) {
    writer.write(db -> touch(db, job, uploadId, at));
  }

  @Override
  public void remove(JobKey job, String uploadId) {
    writer.write(db -> delete(db, job, uploadId));
  }

  @Override
  public boolean removeUntouched(JobKey job, String uploadId, Instant touchedAt) {
    return writer.write(
            db -> {
              long same =
                  db.number(
                      "SELECT count(*) FROM open_upload "
                          + OF_JOB
                          + " AND upload = ? AND touched_at = ?",
                      with(job, uploadId, Millis.of(touchedAt)));
              return same > 0 ? delete(db, job, uploadId) : 0;
            })
        > 0;
  }

  @Override
  public long count() {
    return readers.read(db -> db.number("SELECT count(*) FROM open_upload"));
  }

  private static int touch(Db db, JobKey job, String uploadId, Instant at) throws SQLException {
    List<@Nullable Object> arguments = new ArrayList<>();
    arguments.add(Millis.of(at));
    arguments.addAll(List.of(with(job, uploadId)));
    return db.update(
        "UPDATE open_upload SET touched_at = ? " + OF_JOB + " AND upload = ?", arguments.toArray());
  }

  private static void insert(Db db, JobKey job, String uploadId, OpenUpload.Part part)
      throws SQLException {
    db.update(
        "INSERT OR REPLACE INTO upload_part (upload_id, number, etag, sub_parts, size) VALUES ("
            + OF_UPLOAD
            + ", ?, ?, ?, ?)",
        with(
            job, uploadId, part.number(), Text.lenient(part.etag()), part.subParts(), part.size()));
  }

  private static int delete(Db db, JobKey job, String uploadId) throws SQLException {
    db.update("DELETE FROM upload_part WHERE upload_id = " + OF_UPLOAD, with(job, uploadId));
    return db.update("DELETE FROM open_upload " + OF_JOB + " AND upload = ?", with(job, uploadId));
  }

  private static Object[] with(JobKey job, String uploadId, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                job.object().bucket(),
                job.object().key(),
                job.object().versionId(),
                job.type().name(),
                job.location().value(),
                uploadId));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private record Row(long id, OpenUpload upload) {}

  private static List<OpenUpload> list(Db db, String sql, Object... arguments) throws SQLException {
    List<OpenUpload> uploads = new ArrayList<>();
    for (Row row : db.list(sql, EmbeddedUploads::row, arguments)) {
      List<OpenUpload.Part> parts =
          db.list(
              "SELECT number, etag, sub_parts, size FROM upload_part WHERE upload_id = ?"
                  + " ORDER BY number",
              part ->
                  new OpenUpload.Part(
                      part.getInt(1), part.getString(2), part.getInt(3), part.getLong(4)),
              row.id);
      OpenUpload upload = row.upload;
      uploads.add(
          new OpenUpload(
              upload.job(),
              upload.revision(),
              upload.uploadId(),
              upload.role(),
              upload.begunAt(),
              upload.touchedAt(),
              parts));
    }
    return List.copyOf(uploads);
  }

  private static Row row(ResultSet row) throws SQLException {
    JobKey job =
        new JobKey(
            new JobType(row.getString(2)),
            new ObjectVersion(row.getString(3), row.getString(4), row.getString(5)),
            LocationName.of(row.getString(6)));
    return new Row(
        row.getLong(1),
        new OpenUpload(
            job,
            row.getString(7),
            row.getString(8),
            row.getString(9),
            Instant.ofEpochMilli(row.getLong(10)),
            Instant.ofEpochMilli(row.getLong(11)),
            List.of()));
  }
}
