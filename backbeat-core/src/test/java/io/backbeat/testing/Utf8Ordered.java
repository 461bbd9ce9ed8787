package io.backbeat.testing;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Lets the stand-in, which compares texts as Java does, sort them as MongoDB does, by their UTF-8
 * bytes: surrogates and the characters behind them change places on the way in, and again on the
 * way out.
 */
final class Utf8Ordered {
  private static final char SURROGATES = '\uD800';
  private static final char BEHIND = '\uE000';
  private static final char SURROGATES_INSIDE = '\uF800';
  private static final int STEP = BEHIND - SURROGATES;

  private Utf8Ordered() {}

  static Document inward(Document document) {
    return needs(document) ? (Document) map(document, true) : document;
  }

  static Document outward(Document document) {
    return needs(document) ? (Document) map(document, false) : document;
  }

  private static boolean needs(Object value) {
    if (value instanceof String text) {
      return text.chars().anyMatch(c -> c >= SURROGATES);
    }
    if (value instanceof Document document) {
      return document.entrySet().stream().anyMatch(e -> needs(e.getKey()) || needs(e.getValue()));
    }
    return value instanceof Collection<?> list && list.stream().anyMatch(Utf8Ordered::needs);
  }

  private static Object map(Object value, boolean inward) {
    if (value instanceof String text) {
      return map(text, inward);
    }
    if (value instanceof Document document) {
      Document mapped = new Document();
      for (Map.Entry<String, Object> e : document.entrySet()) {
        mapped.put(map(e.getKey(), inward), map(e.getValue(), inward));
      }
      return mapped;
    }
    if (value instanceof Collection<?> list) {
      List<Object> mapped = new ArrayList<>(list.size());
      list.forEach(element -> mapped.add(map(element, inward)));
      return mapped;
    }
    return value;
  }

  private static String map(String text, boolean inward) {
    StringBuilder mapped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < SURROGATES) {
        mapped.append(c);
      } else if (inward) {
        mapped.append((char) (c < BEHIND ? c + (SURROGATES_INSIDE - SURROGATES) : c - STEP));
      } else {
        mapped.append(
            (char) (c < SURROGATES_INSIDE ? c + STEP : c - (SURROGATES_INSIDE - SURROGATES)));
      }
    }
    return mapped.toString();
  }
}
