/** The Backbeat interface over HTTP. */
@NullMarked
package io.backbeat.client;

import org.jspecify.annotations.NullMarked;
