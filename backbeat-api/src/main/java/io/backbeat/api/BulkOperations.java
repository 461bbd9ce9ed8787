package io.backbeat.api;

import java.util.List;

/**
 * Long work on many operations at once, done in the background by one engine at a time. A task is
 * durable once it is started: it survives restarts and changes of the leader, and goes on where it
 * stood. Thread-safe.
 *
 * <p>Engines keep the last hundred tasks that have ended.
 */
public interface BulkOperations {
  /**
   * Starts a task; durable on return. A task that is not a dry run first counts what there is to
   * do, then queues it.
   *
   * @return as it begins
   * @throws BackbeatException {@link ErrorCode#MALFORMED_REQUEST} if it names a location that is
   *     not configured; {@link ErrorCode#INTERNAL_ERROR} if the store does not answer: it may have
   *     been started all the same, which {@link #list} tells
   */
  BulkTask start(BulkRequest request);

  /**
   * A task as it is now.
   *
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if there is none of that id
   */
  BulkTask get(String id);

  /** All tasks, the newest first. */
  List<BulkTask> list();

  /**
   * Stops a task until it is resumed; durable on return, and obeyed within a second or so. Changes
   * nothing about one that is paused or has ended.
   *
   * @return as it is now
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if there is none of that id
   */
  BulkTask pause(String id);

  /**
   * Lets a paused task go on where it stood. Changes nothing about one that is at work or has
   * ended.
   *
   * @return as it is now
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if there is none of that id
   */
  BulkTask resume(String id);

  /**
   * Ends a task for good; what it has queued stays queued. Changes nothing about one that has
   * ended. The sweep begins anew when its time has come.
   *
   * @return as it is now
   * @throws BackbeatException {@link ErrorCode#ROUTE_NOT_FOUND} if there is none of that id
   */
  BulkTask cancel(String id);
}
