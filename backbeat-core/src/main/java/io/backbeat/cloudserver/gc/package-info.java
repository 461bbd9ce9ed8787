/** Deletes data by CloudServer that no version needs any more. */
@NullMarked
package io.backbeat.cloudserver.gc;

import org.jspecify.annotations.NullMarked;
