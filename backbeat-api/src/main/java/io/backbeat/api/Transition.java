package io.backbeat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to the job of a version at a location, or to the location itself.
 *
 * @param at when, in UTC
 * @param event what
 * @param attempts attempts that the job had made by then, 0 for an event of the location
 * @param until when the next attempt is due after ATTEMPT_FAILED, when the destination is tried
 *     again after DESTINATION_DOWN; else empty
 * @param errorClass a short, stable name of the kind of error; empty when nothing failed
 * @param message what happened, for people; may be empty
 */
public record Transition(
    Instant at,
    Event event,
    int attempts,
    Optional<Instant> until,
    String errorClass,
    String message) {
  /** What can happen. */
  public enum Event {
    /** The job was queued for the first time; the location is PENDING. */
    QUEUED,
    /** An attempt failed and another one is due; the location stays PENDING. */
    ATTEMPT_FAILED,
    /** The location has the version; COMPLETED. */
    COMPLETED,
    /** No attempt is left; FAILED. */
    FAILED,
    /** An operator asked for another attempt; PENDING again. */
    REQUEUED,
    /** The job was given up because something replaces it or nothing is left to do. */
    DROPPED,
    /** The destination as a whole does not work; its jobs wait, whatever object they are about. */
    DESTINATION_DOWN,
    /** The destination works again. */
    DESTINATION_UP;

    /** What the event makes of the status of the version at the location, if anything. */
    public Optional<SiteStatus> status() {
      return switch (this) {
        case QUEUED, ATTEMPT_FAILED, REQUEUED -> Optional.of(SiteStatus.PENDING);
        case COMPLETED -> Optional.of(SiteStatus.COMPLETED);
        case FAILED -> Optional.of(SiteStatus.FAILED);
        case DROPPED, DESTINATION_DOWN, DESTINATION_UP -> Optional.empty();
      };
    }
  }

  /** Checks the attempts and that nothing is null. */
  public Transition {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(event, "event");
    Checks.notNegative(attempts, "attempts");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(errorClass, "errorClass");
    Objects.requireNonNull(message, "message");
  }

  /** One that says nothing but what happened when. */
  public static Transition of(Instant at, Event event, int attempts) {
    return new Transition(at, event, attempts, Optional.empty(), "", "");
  }
}
