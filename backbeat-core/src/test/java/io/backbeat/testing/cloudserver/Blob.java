package io.backbeat.testing.cloudserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Bytes that are kept. */
interface Blob {
  long size();

  /** Hexadecimal. */
  String md5();

  /** The bytes of a run. */
  InputStream open(long from, long length) throws IOException;

  default InputStream open() throws IOException {
    return open(0, size());
  }

  /** Frees them. */
  default void delete() {}

  /** The bytes of several, one behind the other. */
  record Joined(List<Blob> parts, String md5) implements Blob {
    @Override
    public long size() {
      return parts.stream().mapToLong(Blob::size).sum();
    }

    @Override
    public InputStream open(long from, long length) throws IOException {
      List<InputStream> streams = new ArrayList<>();
      long skip = from;
      long left = length;
      for (Blob part : parts) {
        if (skip >= part.size()) {
          skip -= part.size();
        } else if (left > 0) {
          long take = Math.min(left, part.size() - skip);
          streams.add(part.open(skip, take));
          left -= take;
          skip = 0;
        }
      }
      return new SequenceInputStream(Collections.enumeration(streams));
    }

    @Override
    public void delete() {
      parts.forEach(Blob::delete);
    }
  }
}
