package io.backbeat.api;

/** Every path and parameter name of the REST API, once. */
public final class ApiPaths {
  /** The prefix clients use. */
  public static final String PUBLIC_PREFIX = "/_/backbeat/api/";

  /** The prefix CloudServer's proxy sends. */
  public static final String INTERNAL_PREFIX = "/_/";

  /** Health of the system. */
  public static final String HEALTHCHECK = "healthcheck";

  /** A round trip through every partition. */
  public static final String HEALTHCHECK_DEEP = "healthcheck/deep";

  /** Health of the system by its parts. */
  public static final String HEALTH = "health";

  /** {@code objects/<bucket>/<key>}: where a version stands at its destinations. */
  public static final String OBJECTS = "objects";

  /** {@code crr/objects/<bucket>/<key>}: why a version stands where it stands. */
  public static final String EXPLAIN = "crr/objects";

  /** The description of the API itself. */
  public static final String OPENAPI = "openapi.json";

  /** {@code metrics/<service>/<location|all>[/<type>]}. */
  public static final String METRICS = "metrics";

  /** Last segment of {@code metrics/crr/<location|all>/lag}. */
  public static final String LAG = "lag";

  /** Failed operations: list, by object, retry. */
  public static final String FAILED = "crr/failed";

  /** Starts a resync. */
  public static final String RESYNC = "crr/resync";

  /** Starts a retry of many failed operations. */
  public static final String RETRIES = "crr/retries";

  /** {@code crr/tasks[/<id>[/<pause|resume|cancel>]]}: resyncs and retries under way. */
  public static final String TASKS = "crr/tasks";

  /** Last segment of the end of a task. */
  public static final String CANCEL = "cancel";

  /** {@code <service>/status[/<location|all>]}. */
  public static final String STATUS = "status";

  /** {@code <service>/pause[/<location|all>]}. */
  public static final String PAUSE = "pause";

  /** {@code <service>/resume[/<location|all>]}. */
  public static final String RESUME = "resume";

  /** Last segment of a scheduled resume. */
  public static final String SCHEDULE = "schedule";

  /** Prometheus text. */
  public static final String MONITORING = "monitoring/metrics";

  /** Workflow configuration. */
  public static final String WORKFLOWS = "configuration/workflows";

  /** In place of a location: all locations of the service. */
  public static final String ALL = "all";

  /** Query parameter: encoded version id. */
  public static final String VERSION_ID = "versionId";

  /** Query parameter of the failed list: where the page starts. */
  public static final String MARKER = "marker";

  /** Query parameter of the failed list: the location. */
  public static final String SITE_NAME = "sitename";

  /** Query parameter of object routes: {@code true} for an object of a bucket without versions. */
  public static final String UNVERSIONED = "unversioned";

  /** Query parameter: {@code true} for answers with all that is known. */
  public static final String DETAIL = "detail";

  /** Query parameter of the failed list: entries of a page. */
  public static final String LIMIT = "limit";

  private ApiPaths() {}
}
