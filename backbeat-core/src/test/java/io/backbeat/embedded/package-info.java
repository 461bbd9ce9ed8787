/** The embedded store: every contract of the ports, and what only a store on a disk promises. */
@NullMarked
package io.backbeat.embedded;

import org.jspecify.annotations.NullMarked;
