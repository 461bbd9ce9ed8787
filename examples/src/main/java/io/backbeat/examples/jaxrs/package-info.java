/** Backbeat's REST API inside another Jakarta REST application. */
@NullMarked
package io.backbeat.examples.jaxrs;

import org.jspecify.annotations.NullMarked;
