/**
 * Every port on one durable local store: a directory with one SQLite file. Needs {@code
 * org.xerial:sqlite-jdbc} on the path.
 *
 * <p>All writes go through one thread that puts what callers ask for at the same time into one
 * transaction, so that they share the cost of reaching the disk; nothing is acknowledged before it
 * is there. Reads have connections of their own and never wait for a write.
 */
@NullMarked
package io.backbeat.embedded;

import org.jspecify.annotations.NullMarked;
