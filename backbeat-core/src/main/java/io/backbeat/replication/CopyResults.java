package io.backbeat.replication;

/** Tells whoever asked for a copy to another location what came of it. Port; thread-safe. */
@FunctionalInterface
public interface CopyResults {
  /**
   * Publishes a result; durable on return. May be called again with the result of the same copy.
   *
   * @param topic what the request named as {@code resultsTopic}
   * @param result JSON text: the request, with its status and results or error
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the receiver does not answer; a
   *     retry is safe
   */
  void publish(String topic, String result);
}
