/** What an engine of a profile runs on, and how it is opened. */
@NullMarked
package io.backbeat.server.profile;

import org.jspecify.annotations.NullMarked;
