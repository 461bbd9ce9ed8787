/**
 * What both ways of copying an object share, to a cloud and to another CloudServer: who may be
 * replicated, several parts at once, checks of what is read. Not for users of the library.
 */
@NullMarked
package io.backbeat.cloudserver.transfer;

import org.jspecify.annotations.NullMarked;
