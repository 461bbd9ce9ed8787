package io.backbeat.testing.cloudserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Takes each request through faults and signatures to its handler, and counts it. */
final class Dispatcher implements HttpHandler {
  private final Server server;
  private final IdentityRoutes identities;
  private final ControlRoutes control;
  private final BucketRoutes buckets;
  private final ListRoutes lists;
  private final ObjectWriteRoutes writes;
  private final ObjectReadRoutes reads;
  private final TaggingRoutes tagging;
  private final UploadRoutes uploads;
  private final MetadataRoutes metadata;
  private final DataRoute data;
  private final BackendRoutes backends;
  private final BatchDeleteRoute batchDelete;
  private final LifecycleRoutes lifecycle;
  private final AtomicLong requestIds = new AtomicLong();

  Dispatcher(Server server, IdentityRoutes identities, ControlRoutes control) {
    this.server = server;
    this.identities = identities;
    this.control = control;
    this.buckets = new BucketRoutes(server);
    this.lists = new ListRoutes(server);
    this.writes = new ObjectWriteRoutes(server);
    this.reads = new ObjectReadRoutes(server);
    this.tagging = new TaggingRoutes(server);
    this.uploads = new UploadRoutes(server, writes);
    this.metadata = new MetadataRoutes(server);
    this.data = new DataRoute(server);
    this.backends = new BackendRoutes(server);
    this.batchDelete = new BatchDeleteRoute(server);
    this.lifecycle = new LifecycleRoutes(server, lists, writes);
  }

  UploadRoutes uploads() {
    return uploads;
  }

  MetadataRoutes metadata() {
    return metadata;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request = new Request(exchange, Long.toHexString(requestIds.incrementAndGet()));
    AtomicReference<String> signer = new AtomicReference<>("");
    request.response().beforeAnswer(() -> log(request, signer.get()));
    try {
      Map<String, List<String>> parameters = Map.of();
      if (request.route() == Route.VAULT_ASSUME_ROLE) {
        parameters = IdentityRoutes.parameters(request);
        request.isReally(IdentityRoutes.route(parameters));
      }
      List<Fault> faults = server.faults().of(request);
      before(request, faults);
      if (isSigned(request.route())) {
        Account account = server.signatures().verify(request);
        signer.set(account.name());
        request.signedBy(account);
        if (request.route().isInternal() && !account.mayReplicate()) {
          throw StandInException.of("AccessDenied");
        }
      }
      answer(request, parameters, faults);
    } catch (StandInException e) {
      refuse(request, e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      refuse(request, StandInException.of("InvalidArgument", String.valueOf(e.getMessage())));
    } finally {
      log(request, signer.get());
    }
  }

  /**
   * Once: before the client has its answer, so that whoever counts after a request has returned
   * counts it too; or at the end of one that has no answer.
   */
  private void log(Request request, String signer) {
    if (request.isLogged()) {
      return;
    }
    request.markLogged();
    server
        .log()
        .add(
            new RequestLog.Entry(
                request.route(),
                request.bucket(),
                request.key(),
                request.location(),
                signer,
                request.response().status()));
  }

  private static boolean isSigned(Route route) {
    return route != Route.CONTROL
        && route != Route.VAULT_ASSUME_ROLE
        && route != Route.VAULT_ACCOUNTS;
  }

  private static void refuse(Request request, StandInException error) throws IOException {
    request.body().drain();
    if (request.route() == Route.STS_ASSUME_ROLE) {
      IdentityRoutes.stsError(request, error);
    } else {
      boolean json =
          request.path().startsWith("/_/")
              || request.route() == Route.VAULT_ASSUME_ROLE
              || request.route() == Route.VAULT_ACCOUNTS;
      if (request.method().equals("HEAD")) {
        request.response().empty(error.status());
      } else {
        request.response().error(error, json);
      }
    }
  }

  private static void before(Request request, List<Fault> faults) throws IOException {
    for (Fault fault : faults) {
      pause(fault.latency().toNanos());
      if (fault.reset() == Fault.Reset.REQUEST) {
        request.body().readSome(fault.afterBytes());
        throw new IOException("the request is cut off, by order of a fault");
      }
      if (fault.status() != 0) {
        throw StandInException.of(fault.code(), fault.status());
      }
      if (fault.reset() == Fault.Reset.ANSWER) {
        request.response().lose();
      }
      long speed = fault.bytesPerSecond();
      if (speed > 0) {
        request.body().through(in -> FaultyBodies.slow(in, speed));
      }
    }
    request.response().through(out -> FaultyBodies.through(out, request.route(), faults));
  }

  private static void pause(long nanos) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void answer(Request request, Map<String, List<String>> parameters, List<Fault> faults)
      throws IOException {
    Optional<Fault> wrong = Faults.first(faults, Fault::wrongMd5);
    boolean altered = wrong.isPresent();
    switch (request.route()) {
      case LIST_BUCKETS -> buckets.list(request);
      case CREATE_BUCKET -> buckets.create(request);
      case HEAD_BUCKET -> buckets.head(request);
      case DELETE_BUCKET -> buckets.delete(request);
      case GET_BUCKET_REPLICATION, BUCKET_CONFIGURATION -> buckets.configuration(request);
      case LIST_OBJECTS -> lists.objects(request);
      case LIST_UPLOADS -> uploads.list(request);
      case DELETE_OBJECTS -> writes.deleteSeveral(request);
      case PUT_OBJECT -> writes.put(request);
      case COPY_OBJECT -> writes.copy(request);
      case GET_OBJECT -> reads.get(request);
      case HEAD_OBJECT -> reads.head(request);
      case DELETE_OBJECT -> writes.delete(request);
      case OBJECT_TAGGING -> tagging.tagging(request);
      case OBJECT_PROPERTIES -> tagging.properties(request);
      case INITIATE_UPLOAD -> uploads.initiate(request);
      case UPLOAD_PART -> uploads.putPart(request);
      case LIST_PARTS -> uploads.listParts(request);
      case COMPLETE_UPLOAD -> uploads.complete(request);
      case ABORT_UPLOAD -> uploads.abort(request);
      case GET_METADATA -> metadata.get(request);
      case PUT_METADATA -> metadata.put(request);
      case PUT_DATA -> data.put(request, altered);
      case BACKEND_PUT_OBJECT -> backends.putObject(request, altered);
      case BACKEND_PUT_PART -> backends.putPart(request, altered);
      case BACKEND_INITIATE_UPLOAD -> backends.initiate(request);
      case BACKEND_COMPLETE_UPLOAD -> backends.complete(request);
      case BACKEND_ABORT_UPLOAD -> backends.abort(request);
      case BACKEND_DELETE_OBJECT -> backends.deleteObject(request);
      case BACKEND_PUT_TAGGING -> backends.tagging(request, false);
      case BACKEND_DELETE_TAGGING -> backends.tagging(request, true);
      case BACKEND_METADATA -> backends.lastModified(request);
      case BATCH_DELETE -> batchDelete.delete(request);
      case EXPIRATION -> lifecycle.expire(request);
      case LIFECYCLE_LISTING -> lifecycle.list(request);
      case INDEX -> lifecycle.index(request);
      case VAULT_ASSUME_ROLE -> identities.assumeAtVault(request, parameters);
      case VAULT_ACCOUNTS -> identities.accounts(request, parameters);
      case STS_ASSUME_ROLE -> identities.assumeAtSts(request, parameters);
      case CONTROL -> control.handle(request);
      case UNKNOWN -> throw StandInException.of("MethodNotAllowed");
    }
  }
}
