package io.backbeat.job;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes statuses into metadata and keeps the rest to the letter: members that we do not know
 * belong to someone, also those inside of {@code replicationInfo}. Copies the document once, from
 * its beginning to its end.
 */
final class StatusMembers {
  private final byte[] json;
  private final ReplicationInfo statuses;
  private final ByteArrayOutputStream out;
  private int copied;

  private StatusMembers(byte[] json, ReplicationInfo statuses) {
    this.json = json;
    this.statuses = statuses;
    this.out = new ByteArrayOutputStream(json.length + 200);
  }

  /** Takes the place of a value. */
  @FunctionalInterface
  private interface Edit {
    void value(int start, int end);
  }

  /**
   * The document with the statuses written into it.
   *
   * @param json well-formed, with the {@code replicationInfo} that the statuses were made from
   */
  static String write(byte[] json, ReplicationInfo statuses, String originOp) {
    StatusMembers members = new StatusMembers(json, statuses);
    Map<String, Edit> edits = new LinkedHashMap<>();
    edits.put("originOp", members.replacing(originOp));
    edits.put("replicationInfo", (start, end) -> members.replicationInfo(start));
    members.object(0, edits);
    members.copyTo(json.length);
    return members.out.toString(StandardCharsets.UTF_8);
  }

  private void replicationInfo(int start) {
    Map<String, Edit> edits = new LinkedHashMap<>();
    edits.put("status", replacing(statuses.status().map(Enum::name).orElse("")));
    edits.put("backends", (from, to) -> JsonMembers.elements(json, from, this::backend));
    object(start, edits);
  }

  /** Backends are read in their order, so the place of one tells which it is. */
  private void backend(int index, int start, int end) {
    if (index >= statuses.backends().size()) {
      return; // of a list that a later one of the same name replaces
    }
    var site = statuses.backends().get(index);
    Map<String, Edit> edits = new LinkedHashMap<>();
    edits.put("status", replacing(site.status().name()));
    edits.put("dataStoreVersionId", replacing(site.dataStoreVersionId()));
    object(start, edits);
  }

  private Edit replacing(String text) {
    return new Replacing(JsonMembers.quote(text));
  }

  /** A text that is put in where there was none, unless it is empty. */
  private final class Replacing implements Edit {
    private final String literal;

    Replacing(String literal) {
      this.literal = literal;
    }

    @Override
    public void value(int start, int end) {
      copyTo(start);
      put(literal);
      copied = end;
    }

    void append(String name, int behind) {
      if (!literal.equals("\"\"")) {
        copyTo(behind);
        put(',' + JsonMembers.quote(name) + ':' + literal);
      }
    }
  }

  /** Edits members of an object that has at least one. */
  private void object(int from, Map<String, Edit> edits) {
    Map<String, Edit> missing = new LinkedHashMap<>(edits);
    int[] behind = {from};
    JsonMembers.visit(
        json,
        from,
        (nameStart, nameEnd, start, end) -> {
          String name = name(edits, nameStart, nameEnd);
          if (!name.isEmpty()) {
            Objects.requireNonNull(edits.get(name)).value(start, end);
            missing.remove(name);
          }
          behind[0] = end;
        });
    missing.forEach(
        (name, edit) -> {
          if (edit instanceof Replacing replacing) {
            replacing.append(name, behind[0]);
          }
        });
  }

  private String name(Map<String, Edit> edits, int start, int end) {
    for (String name : edits.keySet()) {
      byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
      if (Arrays.equals(json, start, end, wanted, 0, wanted.length)) {
        return name;
      }
    }
    return "";
  }

  private void copyTo(int end) {
    out.write(json, copied, end - copied);
    copied = end;
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
