/**
 * What operators see and do through the command line: views of the answers, failed operations page
 * by page, retries in batches, the live view. Knows {@code Backbeat}, not who carries it.
 */
@NullMarked
package io.backbeat.server.operate;

import org.jspecify.annotations.NullMarked;
