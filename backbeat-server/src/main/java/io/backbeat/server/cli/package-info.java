/** The command line: commands, their options, exit statuses and error texts. */
@NullMarked
package io.backbeat.server.cli;

import org.jspecify.annotations.NullMarked;
