package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.LocationName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a message of the original cannot say about a job: headers of the record, named {@code
 * backbeat-*}, in UTF-8. The original ignores them and writes none.
 *
 * @param revision which client write the job is of
 * @param versionId the encoded version id, where the message tells another one
 * @param attempt attempts made; absent for none
 * @param createdAt when the client write happened, where the message tells another time
 * @param bytes what is to be moved, where the message tells another number
 * @param sites the locations the job is for, where the message tells others
 */
public record JobHeaders(
    Optional<String> revision,
    Optional<String> versionId,
    OptionalInt attempt,
    Optional<Instant> createdAt,
    OptionalLong bytes,
    Optional<List<LocationName>> sites) {
  /** What a record of the original has. */
  public static final JobHeaders NONE =
      new JobHeaders(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty());

  private static final String REVISION = "backbeat-revision";
  private static final String VERSION_ID = "backbeat-version-id";
  private static final String ATTEMPT = "backbeat-attempt";
  private static final String CREATED_AT = "backbeat-created-at";
  private static final String BYTES = "backbeat-bytes";
  private static final String SITES = "backbeat-sites";

  /** Checks that nothing is null. */
  public JobHeaders {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(versionId, "versionId");
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(bytes, "bytes");
    sites = sites.map(List::copyOf);
  }

  /** The same with a revision, to begin with {@link #NONE}. */
  public JobHeaders withRevision(String of) {
    return new JobHeaders(Optional.of(of), versionId, attempt, createdAt, bytes, sites);
  }

  /** The same after so many attempts. */
  public JobHeaders withAttempt(int made) {
    OptionalInt some = made == 0 ? OptionalInt.empty() : OptionalInt.of(made);
    return new JobHeaders(revision, versionId, some, createdAt, bytes, sites);
  }

  /**
   * Reads the headers of a record; others are left alone.
   *
   * @throws IllegalArgumentException if one has no readable value; names it. A retry does not help
   */
  public static JobHeaders read(Headers headers) {
    return new JobHeaders(
        text(headers, REVISION),
        text(headers, VERSION_ID),
        number(headers, ATTEMPT, Integer::parseInt)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()),
        createdAt(headers),
        number(headers, BYTES, Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
        text(headers, SITES).map(JobHeaders::locations));
  }

  /** Adds what is present to the headers of a record. */
  public void write(Headers headers) {
    revision.ifPresent(text -> add(headers, REVISION, text));
    versionId.ifPresent(text -> add(headers, VERSION_ID, text));
    attempt.ifPresent(number -> add(headers, ATTEMPT, Integer.toString(number)));
    createdAt.ifPresent(at -> add(headers, CREATED_AT, at.toString()));
    bytes.ifPresent(number -> add(headers, BYTES, Long.toString(number)));
    sites.ifPresent(names -> add(headers, SITES, joined(names)));
  }

  private static String joined(List<LocationName> names) {
    return names.stream().map(LocationName::value).collect(Collectors.joining(","));
  }

  private static List<LocationName> locations(String joined) {
    return Arrays.stream(joined.split(",")).map(LocationName::of).toList();
  }

  private static void add(Headers headers, String name, String text) {
    headers.add(name, text.getBytes(UTF_8));
  }

  private static Optional<String> text(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name))
        .map(Header::value)
        .map(bytes -> new String(bytes, UTF_8));
  }

  private static <T extends Number> Optional<T> number(
      Headers headers, String name, Function<String, T> parser) {
    Optional<String> text = text(headers, name);
    try {
      Optional<T> number = text.map(parser);
      if (number.isPresent() && number.get().longValue() < 0) {
        throw new NumberFormatException("negative");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "header " + name + " must be a whole number >= 0, was \"" + text.orElse("") + '"', e);
    }
  }

  private static Optional<Instant> createdAt(Headers headers) {
    Optional<String> text = text(headers, CREATED_AT);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "header "
              + CREATED_AT
              + " must be a timestamp like 2026-11-22T10:47:44.365Z, was \""
              + text.orElse("")
              + '"',
          e);
    }
  }
}
