/** Health by progress: probes and the report made of them. */
@NullMarked
package io.backbeat.health;

import org.jspecify.annotations.NullMarked;
