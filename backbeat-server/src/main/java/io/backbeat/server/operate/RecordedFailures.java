package io.backbeat.server.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads what {@code failed --json} prints, one document after the other, or an array of them; the
 * body of a retry has the same form. Holds one at a time.
 */
public final class RecordedFailures implements Iterator<RetryRequest> {
  private final MappingIterator<JsonNode> documents;
  private final boolean force;
  private long read;

  private RecordedFailures(MappingIterator<JsonNode> documents, boolean force) {
    this.documents = documents;
    this.force = force;
  }

  /**
   * Reads a stream, which is not closed.
   *
   * @param force for every request
   * @throws OperationException if it cannot be read; {@link #next} and {@link #hasNext}, too
   */
  public static RecordedFailures in(InputStream in, boolean force) {
    try {
      return new RecordedFailures(new JsonMapper().readerFor(JsonNode.class).readValues(in), force);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return documents.hasNextValue();
    } catch (IOException e) {
      throw unreadable(read + 1, firstLine(e), e);
    }
  }

  @Override
  public RetryRequest next() {
    if (!hasNext()) {
      throw new NoSuchElementException("only " + read + " failures");
    }
    JsonNode document;
    try {
      document = documents.nextValue();
    } catch (IOException e) {
      throw unreadable(read + 1, firstLine(e), e);
    }
    read++;
    try {
      return new RetryRequest(
          new ObjectVersion(
              text(document, "Bucket"), text(document, "Key"), document.path("VersionId").asText()),
          LocationName.of(text(document, "StorageClass")),
          force);
    } catch (IllegalArgumentException e) {
      throw unreadable(read, String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(JsonNode document, String name) {
    if (!document.path(name).isTextual()) {
      throw new IllegalArgumentException("it has no text \"" + name + '"');
    }
    return document.path(name).textValue();
  }

  private static OperationException unreadable(long number, String reason, Exception cause) {
    return new OperationException(
        "standard input, failure "
            + number
            + ", is not as \"failed --json\" prints them: "
            + reason,
        cause);
  }

  private static String firstLine(IOException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
