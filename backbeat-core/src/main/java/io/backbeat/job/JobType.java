package io.backbeat.job;

/**
 * What a job does; selects the queue and the handler.
 *
 * @param name lower-case letters, digits and {@code -}, 1 to 40 characters
 */
public record JobType(String name) {
  /**
   * Brings one object version to one location; its outcome moves the status of that version there.
   */
  public static final JobType REPLICATION = new JobType("replication");

  /** Deletes data that no version needs any more, at whatever location. */
  public static final JobType GARBAGE_COLLECTION = new JobType("gc");

  /**
   * Copies the data of one version to another location, for a lifecycle transition; whoever asked
   * for it hears the result.
   */
  public static final JobType COPY_LOCATION = new JobType("copy-location");

  /** Checks the name. */
  public JobType {
    if (!name.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "job type must be 1 to 40 of a-z, 0-9 and -, was \"" + name + "\"");
    }
  }

  /** Whether outcomes of this type move the replication status of the object. */
  public boolean tracksStatus() {
    return equals(REPLICATION);
  }

  /**
   * Whether each location has a queue of its own for this type. Collections of all locations share
   * one: nobody waits for them, and the location of one is known only when it is there.
   */
  public boolean hasQueuePerLocation() {
    return !equals(GARBAGE_COLLECTION);
  }

  /** The bare name. */
  @Override
  public String toString() {
    return name;
  }
}
