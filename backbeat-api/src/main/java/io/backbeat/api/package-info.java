/**
 * The published language of Backbeat: what a caller sees, whether the engine runs in the same
 * process or behind the REST API.
 *
 * <p>Everything here is an immutable value, an enum or an interface; nothing depends on anything
 * but the JDK. {@link io.backbeat.api.Backbeat} is the way in. Wire names are those of the REST
 * contract of Backbeat and are spelt out in the Javadoc where they differ from the Java name.
 */
@NullMarked
package io.backbeat.api;

import org.jspecify.annotations.NullMarked;
