package io.backbeat.metrics;

/** What is counted. The names are the data points of the original's stores. */
public enum Counter {
  /** Operations queued, by interval. */
  OPS(Kind.SERIES),
  /** Bytes queued, by interval. */
  BYTES(Kind.SERIES),
  /** Operations completed, by interval. */
  OPS_DONE(Kind.SERIES),
  /** Bytes completed, by interval. */
  BYTES_DONE(Kind.SERIES),
  /** Operations failed, by interval. */
  OPS_FAIL(Kind.SERIES),
  /** Bytes failed, by interval. */
  BYTES_FAIL(Kind.SERIES),
  /** Operations queued and not finished. */
  OPS_PENDING(Kind.GAUGE),
  /** Bytes queued and not finished. */
  BYTES_PENDING(Kind.GAUGE),
  /** Bytes of one object announced for copying, by interval. */
  OBJECT_BYTES(Kind.SERIES),
  /** Bytes of one object copied, by interval. */
  OBJECT_BYTES_DONE(Kind.SERIES);

  /** How a counter is kept. */
  public enum Kind {
    /** One number per interval of five minutes; forgotten after 24 hours. */
    SERIES,
    /** One number that goes up and down; never forgotten. */
    GAUGE
  }

  private final Kind kind;

  Counter(Kind kind) {
    this.kind = kind;
  }

  /** How it is kept. */
  public Kind kind() {
    return kind;
  }
}
