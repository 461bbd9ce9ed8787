/** The bundled server: an engine on the local store, its REST API and its probes. */
@NullMarked
package io.backbeat.server.serve;

import org.jspecify.annotations.NullMarked;
