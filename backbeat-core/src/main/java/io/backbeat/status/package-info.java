/** The status of object versions at their destinations, and the ledger of unfinished jobs. */
@NullMarked
package io.backbeat.status;

import org.jspecify.annotations.NullMarked;
