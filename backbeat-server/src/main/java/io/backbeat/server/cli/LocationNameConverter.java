package io.backbeat.server.cli;

import io.backbeat.api.LocationName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a location. */
final class LocationNameConverter implements ITypeConverter<LocationName> {
  @Override
  public LocationName convert(String value) {
    try {
      return LocationName.of(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
