package io.backbeat.server.operate;

/** Shows looks one after the other. Not thread-safe. */
public interface LookDisplay {
  /**
   * Shows the next one.
   *
   * @return whether somebody still reads
   */
  boolean show(Look look);

  /** Says why there is no next one. */
  void missed(String reason);
}
