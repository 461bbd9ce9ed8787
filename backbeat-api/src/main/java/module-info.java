/**
 * The published language of Backbeat: values, error codes, paths and the {@code Backbeat}
 * interface.
 */
module io.backbeat.api {
  requires static org.jspecify;

  exports io.backbeat.api;
}
