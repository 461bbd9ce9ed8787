package io.backbeat.server.openapi;

import io.backbeat.api.Backbeat;
import io.backbeat.server.http.BackbeatFeature;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.glassfish.jersey.uri.UriTemplate;

/**
 * A method that answers requests.
 *
 * @param verb the HTTP method
 * @param template its path with the expressions of JAX-RS
 * @param operationId the name that its annotation gives it; empty without one
 */
record ResourceMethod(String verb, String template, String operationId) {
  /** The classes with a path that the feature registers. */
  static List<Class<?>> classes() {
    List<Class<?>> classes = new ArrayList<>();
    FeatureContext context =
        proxy(
            FeatureContext.class,
            (self, method, arguments) -> {
              if (method.getName().equals("register")) {
                Object registered = arguments[0];
                classes.add(registered instanceof Class<?> c ? c : registered.getClass());
              }
              return self;
            });
    new BackbeatFeature(emptyBackbeat()).configure(context);
    return classes.stream()
        .filter(c -> c.isAnnotationPresent(Path.class))
        .sorted(Comparator.comparing(Class::getName))
        .toList();
  }

  /** The methods of those classes that have a verb. */
  static List<ResourceMethod> all() {
    return classes().stream()
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .flatMap(m -> of(m).stream())
        .toList();
  }

  /** Whether JAX-RS would let this method answer; the path starts with {@code /_/}. */
  boolean matches(String verbAsked, String path) {
    return verb.equals(verbAsked)
        && new UriTemplate(template).match(path, new java.util.HashMap<>());
  }

  private static Optional<ResourceMethod> of(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .flatMap(type -> Stream.ofNullable(type.getAnnotation(HttpMethod.class)))
        .findFirst()
        .map(verb -> new ResourceMethod(verb.value(), template(method), operationId(method)));
  }

  private static String template(Method method) {
    String ofClass = method.getDeclaringClass().getAnnotation(Path.class).value();
    Path path = method.getAnnotation(Path.class);
    return '/' + ofClass + (path == null ? "" : '/' + path.value());
  }

  private static String operationId(Method method) {
    Operation operation = method.getAnnotation(Operation.class);
    return operation == null ? "" : operation.operationId();
  }

  /** Enough of a {@link Backbeat} to build the resources: every facet is there and does nothing. */
  private static Backbeat emptyBackbeat() {
    return proxy(
        Backbeat.class,
        (self, method, arguments) ->
            method.getReturnType().isInterface() ? proxy(method.getReturnType(), NOTHING) : null);
  }

  private static final java.lang.reflect.InvocationHandler NOTHING =
      (self, method, arguments) -> {
        throw new InvocationTargetException(null, "not to be called: " + method);
      };

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            ResourceMethod.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
