/**
 * Counters, the compatible view of failed operations and the messages of pause and resume on Redis,
 * with the keys and channels of the original. Needs {@code redis.clients:jedis}.
 */
@NullMarked
package io.backbeat.redis;

import org.jspecify.annotations.NullMarked;
