package io.backbeat.replication;

/** Hears how a put goes on, and can stop it. Thread-safe, because parts may be written at once. */
public interface TransferProgress {
  /** Nobody listens, nobody stops it. */
  TransferProgress NONE =
      new TransferProgress() {
        @Override
        public void transferred(long bytes) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /** So many more bytes have arrived. Bytes that had to be sent again are not told again. */
  void transferred(long bytes);

  /** Whether the put should stop. */
  boolean cancelled();
}
