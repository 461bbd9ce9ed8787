package io.backbeat.server.terminal;

/** How a word is to strike the eye, where there are colours. */
public enum Tone {
  /** As everything else. */
  PLAIN(""),
  /** As it should be. */
  GOOD("\u001b[32m"),
  /** Something to know. */
  CAUTION("\u001b[33m"),
  /** Something to do. */
  BAD("\u001b[31m");

  private static final String RESET = "\u001b[0m";

  private final String begin;

  Tone(String begin) {
    this.begin = begin;
  }

  String on(String text) {
    return begin.isEmpty() ? text : begin + text + RESET;
  }
}
