/**
 * Replays what was recorded from the original API server against ours. The recording is {@code
 * golden/golden.jsonl.gz}: its first line describes the environment, each other line is a request,
 * the state it was made in, and the answer.
 */
@NullMarked
package io.backbeat.server.golden;

import org.jspecify.annotations.NullMarked;
