/** The probes of an orchestrator: is the process alive, is it ready, and its meters. */
@NullMarked
package io.backbeat.server.probe;

import org.jspecify.annotations.NullMarked;
