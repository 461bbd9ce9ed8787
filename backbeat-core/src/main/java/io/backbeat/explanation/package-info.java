/**
 * Why an object version stands where it stands: puts together what the stores and the queues know,
 * and keeps a short history of what happened.
 */
@NullMarked
package io.backbeat.explanation;

import org.jspecify.annotations.NullMarked;
