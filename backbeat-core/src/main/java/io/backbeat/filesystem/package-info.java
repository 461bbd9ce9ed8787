/** Directories as places that hold objects, and as a source of metadata changes. */
@NullMarked
package io.backbeat.filesystem;

import org.jspecify.annotations.NullMarked;
