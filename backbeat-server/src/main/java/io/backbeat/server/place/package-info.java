/** Where objects are: the directories and buckets that a user named. */
@NullMarked
package io.backbeat.server.place;

import org.jspecify.annotations.NullMarked;
