package io.backbeat.contract;

import io.backbeat.api.Backbeat;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes which methods of {@link Backbeat} and its facets are called. */
final class Exercised {
  private final Set<String> called = ConcurrentHashMap.newKeySet();

  /** The same, with every call noted. */
  Backbeat noting(Backbeat subject) {
    return noting(Backbeat.class, subject);
  }

  /** The methods, also of facets, that nobody called. */
  Set<String> missing() {
    Set<String> missing =
        facets()
            .flatMap(Exercised::methods)
            .map(Exercised::name)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(called);
    return Collections.unmodifiableSet(missing);
  }

  private <T> T noting(Class<T> type, Object subject) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(method, subject, arguments)));
  }

  private Object call(Method method, Object subject, Object[] arguments) throws Throwable {
    called.add(name(method));
    try {
      Object result = method.invoke(subject, arguments);
      return isFacet(method.getReturnType()) ? noting(method.getReturnType(), result) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Stream<Class<?>> facets() {
    return Stream.concat(
        Stream.of(Backbeat.class),
        methods(Backbeat.class).map(Method::getReturnType).filter(Exercised::isFacet));
  }

  private static boolean isFacet(Class<?> type) {
    return type.isInterface() && type.getPackage().equals(Backbeat.class.getPackage());
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods()).filter(m -> !Modifier.isStatic(m.getModifiers()));
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + '.' + method.getName();
  }
}
