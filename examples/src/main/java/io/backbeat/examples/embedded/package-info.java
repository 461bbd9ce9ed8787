/** An engine inside another program. */
@NullMarked
package io.backbeat.examples.embedded;

import org.jspecify.annotations.NullMarked;
