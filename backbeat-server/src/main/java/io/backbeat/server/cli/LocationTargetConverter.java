package io.backbeat.server.cli;

import io.backbeat.server.place.LocationTarget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --to}. */
final class LocationTargetConverter implements ITypeConverter<LocationTarget> {
  @Override
  public LocationTarget convert(String value) {
    try {
      return LocationTarget.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
