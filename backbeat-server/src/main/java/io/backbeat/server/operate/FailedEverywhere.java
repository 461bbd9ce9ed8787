package io.backbeat.server.operate;

import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.LocationName;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The failed operations of several locations, one after the other. Holds one page at a time, which
 * a stream made flat would not. Not thread-safe.
 */
public final class FailedEverywhere implements Iterator<FailedOperation> {
  private final FailedOperations failed;
  private final Iterator<LocationName> locations;
  private Iterator<FailedOperation> current = Collections.emptyIterator();

  /** Begins with the first location. */
  public FailedEverywhere(FailedOperations failed, List<LocationName> locations) {
    this.failed = failed;
    this.locations = locations.iterator();
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && locations.hasNext()) {
      current = failed.all(locations.next()).iterator();
    }
    return current.hasNext();
  }

  @Override
  public FailedOperation next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no failed operation is left");
    }
    return current.next();
  }
}
