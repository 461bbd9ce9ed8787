/** Desired and observed state of locations: pause, resume, scheduled resume. */
@NullMarked
package io.backbeat.location;

import org.jspecify.annotations.NullMarked;
