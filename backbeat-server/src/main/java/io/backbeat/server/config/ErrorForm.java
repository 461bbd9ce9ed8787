package io.backbeat.server.config;

/** The body of an error answer. */
public enum ErrorForm {
  /** {@code {"code":404,"description":"...","RouteNotFound":true}}. */
  THREE_KEY,
  /** {@code {"RouteNotFound":true}}, as the original sends it. */
  ONE_KEY
}
