package io.backbeat.api;

/** Whether a location catches up with what is written, and if not, why not. */
public enum CatchUpState {
  /** Nothing is pending. */
  CAUGHT_UP(true),
  /** What is pending is only what passes through: at the present pace it is done in seconds. */
  KEEPING_UP(true),
  /** More is completed than comes in. */
  CATCHING_UP(true),
  /** At least as much comes in as is completed, so the backlog stays or grows. */
  FALLING_BEHIND(false),
  /** Something is pending, and nothing was completed within the window of the rates. */
  STANDING_STILL(false),
  /** An operator paused the location: it goes on when it is resumed. */
  PAUSED(false),
  /** The destination does not answer: its jobs wait, at no cost of attempts, until it does. */
  DESTINATION_DOWN(false);

  private final boolean hasEta;

  CatchUpState(boolean hasEta) {
    this.hasEta = hasEta;
  }

  /** Whether it can be said when the location will have caught up. */
  public boolean hasEta() {
    return hasEta;
  }
}
