/** The embeddable engine: wiring of the rooms, and nothing else. */
@NullMarked
package io.backbeat.engine;

import org.jspecify.annotations.NullMarked;
