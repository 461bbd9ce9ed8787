package io.backbeat.server.golden;

/** In which form errors are answered. */
enum ErrorForm {
  /** {@code {"code":404,"description":"…","RouteNotFound":true}}. */
  THREE_KEY,
  /** {@code {"RouteNotFound":true}}, as recorded. */
  ONE_KEY
}
