package io.backbeat.server.cli;

import io.backbeat.api.ServiceName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a service. */
final class ServiceNameConverter implements ITypeConverter<ServiceName> {
  @Override
  public ServiceName convert(String value) {
    return ServiceName.ofWireName(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there are the services crr, ingestion and lifecycle, not \"" + value + '"'));
  }
}
