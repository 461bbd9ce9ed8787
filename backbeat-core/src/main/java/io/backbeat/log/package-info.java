/** The metadata log that tells which objects changed, and how far it has been read. */
@NullMarked
package io.backbeat.log;

import org.jspecify.annotations.NullMarked;
