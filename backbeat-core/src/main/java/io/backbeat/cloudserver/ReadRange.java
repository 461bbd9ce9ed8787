package io.backbeat.cloudserver;

import io.backbeat.replication.ByteRange;

/** Which bytes of an object to read. */
public sealed interface ReadRange {
  /** All of them. */
  ReadRange WHOLE = new Whole();

  /** All of them. */
  record Whole() implements ReadRange {}

  /**
   * Those of a part, as the object was uploaded.
   *
   * @param number from 1
   */
  record Part(int number) implements ReadRange {}

  /**
   * Those of a run.
   *
   * @param range not empty
   */
  record Bytes(ByteRange range) implements ReadRange {}
}
