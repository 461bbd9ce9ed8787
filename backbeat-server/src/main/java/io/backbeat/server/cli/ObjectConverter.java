package io.backbeat.server.cli;

import io.backbeat.api.ObjectVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code BUCKET/KEY}. The key is all behind the first slash, as it is. */
final class ObjectConverter implements ITypeConverter<ObjectVersion> {
  @Override
  public ObjectVersion convert(String value) {
    int slash = value.indexOf('/');
    if (slash < 1 || slash == value.length() - 1) {
      throw new TypeConversionException("an object is written as BUCKET/KEY, was \"" + value + '"');
    }
    return ObjectVersion.unversioned(value.substring(0, slash), value.substring(slash + 1));
  }
}
