/** How far destinations are behind, and when they will have caught up. */
@NullMarked
package io.backbeat.lag;

import org.jspecify.annotations.NullMarked;
