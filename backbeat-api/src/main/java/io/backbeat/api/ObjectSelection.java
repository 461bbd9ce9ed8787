package io.backbeat.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which operations are meant: those of object versions by their names, at some locations.
 *
 * @param locations only there; none for all that are configured. Each once
 * @param bucket only of this bucket; empty for all
 * @param prefix only keys that begin with it; empty for all
 */
public record ObjectSelection(
    List<LocationName> locations, Optional<String> bucket, String prefix) {
  /** Everything, everywhere. */
  public static final ObjectSelection ALL = new ObjectSelection(List.of(), Optional.empty(), "");

  /** Drops repeated locations; checks that a bucket is not empty and texts are Unicode. */
  public ObjectSelection {
    locations = List.copyOf(new LinkedHashSet<>(locations));
    Objects.requireNonNull(bucket, "bucket");
    bucket.ifPresent(name -> Checks.unicode(Checks.notEmpty(name, "bucket"), "bucket"));
    Checks.unicode(prefix, "prefix");
  }

  /** The keys of a bucket that begin with a prefix, at all locations. */
  public static ObjectSelection of(String bucket, String prefix) {
    return new ObjectSelection(List.of(), Optional.of(bucket), prefix);
  }

  /** The same at some locations only. */
  public ObjectSelection at(List<LocationName> some) {
    return new ObjectSelection(some, bucket, prefix);
  }

  /** Whether a version at a location is meant. */
  public boolean includes(ObjectVersion object, LocationName location) {
    return includes(object.bucket(), object.key())
        && (locations.isEmpty() || locations.contains(location));
  }

  /** Whether an object is meant, as far as its name tells. */
  public boolean includes(String bucketName, String key) {
    return bucket.filter(wanted -> !wanted.equals(bucketName)).isEmpty() && key.startsWith(prefix);
  }
}
