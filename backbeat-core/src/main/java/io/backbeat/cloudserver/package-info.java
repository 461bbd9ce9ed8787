/**
 * CloudServer as the source and the destination of replication: its internal routes, signed, and
 * the handlers and stores on them. {@code io.backbeat.cloudserver.http} is the client that speaks
 * to a real one, and names the artifacts that it needs.
 */
@NullMarked
package io.backbeat.cloudserver;

import org.jspecify.annotations.NullMarked;
