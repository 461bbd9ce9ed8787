/** All ports of one profile, bundled. */
@NullMarked
package io.backbeat.store;

import org.jspecify.annotations.NullMarked;
