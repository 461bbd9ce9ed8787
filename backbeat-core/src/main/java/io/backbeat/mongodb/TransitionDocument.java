package io.backbeat.mongodb;

import io.backbeat.api.Transition;
import io.backbeat.status.HistoryKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Histories as documents; times in whole milliseconds. Pure. */
final class TransitionDocument {
  static final String LIST = "transitions";

  private static final String AT = "at";
  private static final String EVENT = "event";
  private static final String ATTEMPTS = "attempts";
  private static final String UNTIL = "until";
  private static final String ERROR_CLASS = "errorClass";
  private static final String MESSAGE = "message";
  private static final char BETWEEN = '\0';

  private TransitionDocument() {}

  /** The id of a history: equal for equal keys, whoever writes. */
  static String id(HistoryKey key) {
    return key.location().value()
        + key.object().map(object -> BETWEEN + LedgerDocument.object(object)).orElse("");
  }

  static BsonDocument of(Transition transition) {
    BsonDocument document =
        new BsonDocument(AT, LedgerDocument.time(transition.at()))
            .append(EVENT, new BsonString(transition.event().name()))
            .append(ATTEMPTS, new BsonInt32(transition.attempts()));
    transition.until().ifPresent(until -> document.append(UNTIL, LedgerDocument.time(until)));
    return document
        .append(ERROR_CLASS, new BsonString(LedgerDocument.unicode(transition.errorClass())))
        .append(MESSAGE, new BsonString(LedgerDocument.unicode(transition.message())));
  }

  /** The list of a document, which has the newest last, as far as its writers agree on the time. */
  static List<Transition> newestFirst(BsonDocument document) {
    List<Transition> transitions = new ArrayList<>();
    for (BsonValue value : document.getArray(LIST)) {
      transitions.add(transition(value.asDocument()));
    }
    Collections.reverse(transitions);
    transitions.sort(Comparator.comparing(Transition::at).reversed()); // stable
    return transitions;
  }

  private static Transition transition(BsonDocument document) {
    Optional<Instant> until =
        document.containsKey(UNTIL)
            ? Optional.of(LedgerDocument.instant(document, UNTIL))
            : Optional.empty();
    return new Transition(
        LedgerDocument.instant(document, AT),
        Transition.Event.valueOf(LedgerDocument.text(document, EVENT)),
        document.getNumber(ATTEMPTS).intValue(),
        until,
        LedgerDocument.text(document, ERROR_CLASS),
        LedgerDocument.text(document, MESSAGE));
  }
}
