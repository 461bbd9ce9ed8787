/** The Backbeat interface over HTTP. */
module io.backbeat.client {
  requires transitive io.backbeat.api;
  requires transitive java.net.http;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;

  exports io.backbeat.client;
}
