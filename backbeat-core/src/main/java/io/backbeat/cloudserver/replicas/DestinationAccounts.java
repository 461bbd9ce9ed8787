package io.backbeat.cloudserver.replicas;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.FreshValues;
import java.time.Instant;

/** Whose the replicas at each location are; asked once a while. Thread-safe. */
final class DestinationAccounts {
  private record Place(LocationName location, String accountId) {}

  private final FreshValues<Place, Account> known;

  DestinationAccounts(CopySettings settings) {
    this.known = new FreshValues<>(settings.accountAge());
  }

  /** The account; an error ends the attempt as one of the destination. */
  Account find(LocationName location, ScalityDestination destination, String accountId, Instant now)
      throws AttemptEnded, InterruptedException {
    return AttemptEnded.unlessDestination(
        () ->
            known.get(
                new Place(location, accountId),
                now,
                place -> destination.accounts().byId(place.accountId())));
  }
}
