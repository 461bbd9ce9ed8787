/** Every port in memory, for tests and for runs whose state may be lost. */
@NullMarked
package io.backbeat.memory;

import org.jspecify.annotations.NullMarked;
