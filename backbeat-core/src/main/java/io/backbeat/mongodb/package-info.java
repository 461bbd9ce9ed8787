/**
 * The stores on MongoDB: CloudServer's object documents as metadata log and status store, and a
 * database of our own for the ledger, the quarantine and positions. Needs the artifact {@code
 * org.mongodb:mongodb-driver-sync} and a replica set or sharded cluster, MongoDB 4.4 or newer.
 */
@NullMarked
package io.backbeat.mongodb;

import org.jspecify.annotations.NullMarked;
