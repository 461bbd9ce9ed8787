package io.backbeat.examples.jaxrs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** What the application is about; here it only knows one photo. */
@Path("photos")
public final class PhotoResource {
  /** The title of a photo. */
  @GET
  @Path("{name}")
  @Produces("text/plain")
  public String title(@PathParam("name") String name) {
    if (!name.equals("lake")) {
      throw new NotFoundException("there is no photo called " + name);
    }
    return "The lake at dawn";
  }
}
