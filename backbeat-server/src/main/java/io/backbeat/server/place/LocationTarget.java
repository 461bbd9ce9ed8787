package io.backbeat.server.place;

import io.backbeat.api.LocationName;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.replication.ObjectStore;
import io.backbeat.s3.S3Options;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/** A location and where its copies go. */
public sealed interface LocationTarget {
  /** The location. */
  LocationName name();

  /** Where the copies go, as text; two targets of one address are the same place. */
  String address();

  /** Opens the place; does not make it, nor connect. */
  ObjectStore open();

  /**
   * Copies go into a directory.
   *
   * @param name the location
   * @param path the directory; need not exist
   */
  record Directory(LocationName name, Path path) implements LocationTarget {
    /** Checks that nothing is null. */
    public Directory {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String address() {
      return path.toString();
    }

    @Override
    public ObjectStore open() {
      return DirectoryStore.open(path);
    }
  }

  /**
   * Copies go to a bucket.
   *
   * @param name the location
   * @param options which one
   */
  record Bucket(LocationName name, S3Options options) implements LocationTarget {
    private static final String SCHEME = "s3://";

    /** Checks that nothing is null. */
    public Bucket {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(options, "options");
    }

    @Override
    public String address() {
      return SCHEME
          + options.bucket()
          + "/"
          + options.prefix()
          + options.endpoint().map(endpoint -> "?endpoint=" + endpoint).orElse("");
    }

    @Override
    public ObjectStore open() {
      return options.open();
    }
  }

  /**
   * Reads {@code NAME=DIRECTORY} or {@code NAME=s3://BUCKET/PREFIX}, the latter with the parameters
   * of {@link S3Options#parse}.
   *
   * @throws IllegalArgumentException names what is wrong with the text and what would be right
   */
  static LocationTarget parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new IllegalArgumentException(
          "must be NAME=DIRECTORY or NAME=s3://BUCKET/PREFIX, was \"" + text + "\"");
    }
    LocationName name = LocationName.of(text.substring(0, equals));
    String where = text.substring(equals + 1);
    if (where.startsWith(Bucket.SCHEME)) {
      return new Bucket(name, S3Options.parse(where));
    }
    if (where.contains("://")) {
      throw new IllegalArgumentException(
          "only directories and s3:// are known, was \"" + where + "\"");
    }
    try {
      return new Directory(name, Path.of(where));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path: \"" + where + "\": " + e.getReason(), e);
    }
  }
}
