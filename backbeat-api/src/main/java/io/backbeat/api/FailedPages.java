package io.backbeat.api;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Goes through the failed operations of a location page by page and holds one page at a time. Ends
 * for certain: a marker that comes a second time is an error.
 */
final class FailedPages implements Iterator<FailedOperation> {
  private final FailedOperations failed;
  private final LocationName location;
  private final Set<Long> markers = new HashSet<>();
  private Iterator<FailedOperation> page = List.<FailedOperation>of().iterator();
  private OptionalLong next = OptionalLong.of(FailedOperations.FIRST_PAGE);

  FailedPages(FailedOperations failed, LocationName location) {
    this.failed = failed;
    this.location = location;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && next.isPresent()) {
      turn(next.getAsLong());
    }
    return page.hasNext();
  }

  @Override
  public FailedOperation next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no failed operation of " + location + " is left");
    }
    return page.next();
  }

  /** Even a page with nothing on it can have another one behind it. */
  private void turn(long marker) {
    if (!markers.add(marker)) {
      throw new BackbeatException(
          ErrorCode.INTERNAL_ERROR,
          "the failed operations of "
              + location
              + " cannot be listed to their end: marker "
              + marker
              + " came twice, after "
              + markers.size()
              + " pages");
    }
    FailedPage read = failed.list(location, marker, FailedOperations.PAGE_SIZE);
    page = read.operations().iterator();
    next = read.nextMarker();
  }
}
