/** The bundled server: its main class. */
@NullMarked
package io.backbeat.server;

import org.jspecify.annotations.NullMarked;
