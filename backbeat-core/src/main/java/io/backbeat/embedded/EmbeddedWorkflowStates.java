package io.backbeat.embedded;

import io.backbeat.api.ServiceName;
import io.backbeat.workflow.WorkflowStateStore;
import java.util.Optional;

/** Workflows in the file. */
final class EmbeddedWorkflowStates implements WorkflowStateStore {
  private final Writer writer;
  private final Readers readers;

  EmbeddedWorkflowStates(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public Optional<Stored> load(ServiceName service) {
    return readers.read(
        db ->
            db.first(
                "SELECT document, revision FROM workflow_state WHERE service = ?",
                row -> new Stored(row.getString(1), row.getLong(2)),
                service.wireName()));
  }

  @Override
  public boolean compareAndSet(ServiceName service, long expectedRevision, String document) {
    int changed =
        expectedRevision == 0
            ? writer.write(
                db ->
                    db.update(
                        "INSERT INTO workflow_state (service, document, revision) VALUES (?, ?, 1)"
                            + " ON CONFLICT DO NOTHING",
                        service.wireName(),
                        document))
            : writer.write(
                db ->
                    db.update(
                        "UPDATE workflow_state SET document = ?, revision = revision + 1"
                            + " WHERE service = ? AND revision = ?",
                        document,
                        service.wireName(),
                        expectedRevision));
    return changed > 0;
  }
}
