/** Programs that steer a Backbeat server through the client. */
@NullMarked
package io.backbeat.examples.client;

import org.jspecify.annotations.NullMarked;
