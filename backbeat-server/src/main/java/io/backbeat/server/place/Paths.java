package io.backbeat.server.place;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories a user named, compared by where they really are. */
public final class Paths {
  private Paths() {}

  /** The path without symbolic links, also of something that does not exist yet. */
  public static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    } catch (IOException e) {
      return absolute;
    }
  }

  public static boolean overlap(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  /** The real path of a directory that can be read. */
  public static Path readableDirectory(String what, Path path) {
    Path real = real(path);
    if (!Files.exists(real)) {
      throw new PlaceException("the " + what + " " + real + " does not exist");
    }
    if (!Files.isDirectory(real)) {
      throw new PlaceException("the " + what + " " + real + " is not a directory");
    }
    if (!Files.isReadable(real) || !Files.isExecutable(real)) {
      throw new PlaceException(
          "the " + what + " " + real + " cannot be read; check its permissions");
    }
    return real;
  }

  /** Makes a directory, if there is none, in which files can be made. */
  public static void create(String what, Path path) {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new PlaceException(
          what + ", " + path + ", is not a directory: " + e.getFile() + " is a file", e);
    } catch (AccessDeniedException e) {
      throw new PlaceException(
          what + ", " + path + ", cannot be made: permission denied for " + e.getFile(), e);
    } catch (IOException e) {
      throw new PlaceException(what + ", " + path + ", cannot be made: " + e.getMessage(), e);
    }
    if (!Files.isWritable(path)) {
      throw new PlaceException(
          what + ", " + path + ", cannot be written to; check its permissions");
    }
  }
}
