/** What an engine measures of itself, and the port to whatever shows it. */
@NullMarked
package io.backbeat.monitoring;

import org.jspecify.annotations.NullMarked;
