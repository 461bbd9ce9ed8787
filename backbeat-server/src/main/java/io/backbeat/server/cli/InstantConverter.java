package io.backbeat.server.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 2030-01-01T06:00:00Z}, also with another offset; never guesses a time zone. */
final class InstantConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "an instant is written like 2030-01-01T06:00:00Z or 2030-01-01T07:00:00+01:00, was \""
              + value
              + '"');
    }
  }
}
