/** Text for people: tables, numbers, colours, and whether anybody looks on. */
@NullMarked
package io.backbeat.server.terminal;

import org.jspecify.annotations.NullMarked;
