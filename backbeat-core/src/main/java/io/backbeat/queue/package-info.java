/** Job queues: publishing, consuming, tracking of offsets and ordered execution per key. */
@NullMarked
package io.backbeat.queue;

import org.jspecify.annotations.NullMarked;
