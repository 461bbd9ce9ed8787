package io.backbeat.server.operate;

import io.backbeat.api.CatchUpState;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ObservedState;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Tone;

/** The states, coloured by what they mean to an operator. */
final class Tones {
  private Tones() {}

  static Cell of(TargetState state) {
    return new Cell(state.name(), state == TargetState.RUNNING ? Tone.GOOD : Tone.CAUTION);
  }

  static Cell of(ObservedState state) {
    return new Cell(
        state.name(),
        switch (state) {
          case RUNNING -> Tone.GOOD;
          case PAUSED -> Tone.CAUTION;
          case UNKNOWN -> Tone.PLAIN;
        });
  }

  static Cell of(ComponentHealth.State state) {
    return new Cell(
        state.name(),
        switch (state) {
          case OK -> Tone.GOOD;
          case DEGRADED -> Tone.CAUTION;
          case FAILING -> Tone.BAD;
        });
  }

  static Cell of(SiteStatus status) {
    return new Cell(
        status.name(),
        switch (status) {
          case COMPLETED, REPLICA -> Tone.GOOD;
          case PENDING -> Tone.CAUTION;
          case FAILED -> Tone.BAD;
        });
  }

  static Cell of(CatchUpState state) {
    return new Cell(
        state.name(),
        switch (state) {
          case CAUGHT_UP, KEEPING_UP -> Tone.GOOD;
          case CATCHING_UP, PAUSED -> Tone.CAUTION;
          case FALLING_BEHIND, STANDING_STILL, DESTINATION_DOWN -> Tone.BAD;
        });
  }

  /** A number that should be 0. */
  static Cell bad(long number) {
    return new Cell(Long.toString(number), number > 0 ? Tone.BAD : Tone.PLAIN);
  }
}
