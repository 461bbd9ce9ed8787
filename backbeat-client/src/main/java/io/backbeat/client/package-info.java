/**
 * The Backbeat interface over HTTP.
 *
 * <p>A method of a facet makes a call: a route, a body, and the reader of the answer. A transfer
 * brings it to the server, in one or several attempts. The blocking form waits for the other one.
 */
@NullMarked
package io.backbeat.client;

import org.jspecify.annotations.NullMarked;
