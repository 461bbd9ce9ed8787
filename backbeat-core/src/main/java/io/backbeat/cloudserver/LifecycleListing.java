package io.backbeat.cloudserver;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which objects of a bucket lifecycle wants to see.
 *
 * @param prefix of their keys
 * @param beforeDate modified before, for those not current: replaced before
 * @param excludedLocation without those whose data is there; empty for none
 * @param maxKeys on a page, from 1 to 1000
 * @param from where the page begins
 */
public record LifecycleListing(
    String bucket,
    Kind kind,
    String prefix,
    Optional<Instant> beforeDate,
    String excludedLocation,
    int maxKeys,
    Marker from) {
  private static final int MOST_KEYS = 1000;

  /** Checks the size of the page. */
  public LifecycleListing {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(beforeDate, "beforeDate");
    Objects.requireNonNull(from, "from");
    if (maxKeys < 1 || maxKeys > MOST_KEYS) {
      throw new IllegalArgumentException("maxKeys must be 1 to 1000, was " + maxKeys);
    }
  }

  /** Everything of that kind, from the start. */
  public static LifecycleListing of(String bucket, Kind kind) {
    return new LifecycleListing(bucket, kind, "", Optional.empty(), "", MOST_KEYS, Marker.START);
  }

  /** Which versions. */
  public enum Kind {
    /** Newest versions. */
    CURRENT,
    /** Versions that another has replaced. */
    NONCURRENT,
    /** Delete markers that nothing is left behind. */
    ORPHAN
  }

  /**
   * A place in the listing.
   *
   * @param versionId empty but for {@link Kind#NONCURRENT}
   */
  public record Marker(String key, String versionId) {
    /** Before the first. */
    public static final Marker START = new Marker("", "");
  }

  /**
   * A part of the listing.
   *
   * @param next where the next one begins; empty behind the last
   */
  public record Page(List<Entry> entries, Optional<Marker> next) {
    /** Copies the list. */
    public Page {
      entries = List.copyOf(entries);
      Objects.requireNonNull(next, "next");
    }
  }

  /**
   * A version.
   *
   * @param versionId encoded; empty if the server says none
   * @param ownerId canonical
   * @param location where its data is
   * @param staleDate when it was replaced
   */
  public record Entry(
      String key,
      String versionId,
      boolean latest,
      Instant lastModified,
      String etag,
      long size,
      String ownerId,
      String storageClass,
      String location,
      List<Tag> tags,
      Optional<Instant> staleDate) {
    /** Copies the list. */
    public Entry {
      tags = List.copyOf(tags);
    }
  }

  /** A tag of an object. */
  public record Tag(String key, String value) {}

  /** The listing from the end of a page on; empty when that was the last. */
  public Optional<LifecycleListing> next(Page page) {
    return page.next()
        .map(
            marker ->
                new LifecycleListing(
                    bucket, kind, prefix, beforeDate, excludedLocation, maxKeys, marker));
  }
}
