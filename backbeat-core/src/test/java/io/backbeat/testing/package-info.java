/** Builders and small tools shared by the tests. */
@NullMarked
package io.backbeat.testing;

import org.jspecify.annotations.NullMarked;
