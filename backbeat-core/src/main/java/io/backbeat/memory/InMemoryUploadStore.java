package io.backbeat.memory;

import io.backbeat.job.JobKey;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Open uploads in memory: as durable as the process. Thread-safe. */
public final class InMemoryUploadStore implements UploadStore {
  private record Id(JobKey job, String uploadId) {}

  private final Map<Id, OpenUpload> uploads = new LinkedHashMap<>();

  /** Creates an empty store. */
  public InMemoryUploadStore() {}

  @Override
  public synchronized void begin(OpenUpload upload) {
    uploads.put(new Id(upload.job(), upload.uploadId()), upload);
  }

  @Override
  public synchronized void addPart(JobKey job, String uploadId, OpenUpload.Part part, Instant at) {
    change(
        job,
        uploadId,
        upload -> {
          List<OpenUpload.Part> parts = new ArrayList<>(upload.parts());
          parts.removeIf(known -> known.number() == part.number());
          parts.add(part);
          parts.sort(Comparator.comparingInt(OpenUpload.Part::number));
          return with(upload, at, parts);
        });
  }

  @Override
  public synchronized List<OpenUpload> find(JobKey job) {
    return uploads.values().stream()
        .filter(upload -> upload.job().equals(job))
        .sorted(Comparator.comparing(OpenUpload::begunAt).reversed())
        .toList();
  }

  @Override
  public synchronized List<OpenUpload> untouched(Instant before, int limit) {
    return uploads.values().stream()
        .filter(upload -> upload.touchedAt().isBefore(before))
        .sorted(Comparator.comparing(OpenUpload::touchedAt))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void touch(JobKey job, String uploadId, Instant at) {
    change(job, uploadId, upload -> with(upload, at, upload.parts()));
  }

  @Override
  public synchronized void remove(JobKey job, String uploadId) {
    uploads.remove(new Id(job, uploadId));
  }

  @Override
  public synchronized boolean removeUntouched(JobKey job, String uploadId, Instant touchedAt) {
    Id id = new Id(job, uploadId);
    OpenUpload known = uploads.get(id);
    return known != null && known.touchedAt().equals(touchedAt) && uploads.remove(id, known);
  }

  @Override
  public synchronized long count() {
    return uploads.size();
  }

  private void change(JobKey job, String uploadId, UnaryOperator<OpenUpload> change) {
    uploads.computeIfPresent(new Id(job, uploadId), (id, upload) -> change.apply(upload));
  }

  private static OpenUpload with(OpenUpload upload, Instant touched, List<OpenUpload.Part> parts) {
    return new OpenUpload(
        upload.job(),
        upload.revision(),
        upload.uploadId(),
        upload.role(),
        upload.begunAt(),
        touched,
        parts);
  }
}
