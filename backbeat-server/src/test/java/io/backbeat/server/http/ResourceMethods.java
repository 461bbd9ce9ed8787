package io.backbeat.server.http;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/** Notes which resource methods there are, and which of them requests reached. */
final class ResourceMethods implements ApplicationEventListener {
  private final Set<String> all = new ConcurrentSkipListSet<>();
  private final Set<String> reached = new ConcurrentSkipListSet<>();

  Set<String> all() {
    return all;
  }

  Set<String> missing() {
    Set<String> missing = new TreeSet<>(all);
    missing.removeAll(reached);
    return missing;
  }

  @Override
  public void onEvent(ApplicationEvent event) {
    if (event.getType() == ApplicationEvent.Type.INITIALIZATION_FINISHED) {
      event.getResourceModel().getResources().forEach(this::collect);
    }
  }

  @Override
  public RequestEventListener onRequest(RequestEvent request) {
    return event -> {
      ResourceMethod matched = event.getUriInfo().getMatchedResourceMethod();
      if (event.getType() == RequestEvent.Type.RESOURCE_METHOD_START && matched != null) {
        reached.add(name(matched));
      }
    };
  }

  private void collect(Resource resource) {
    resource.getAllMethods().stream()
        .filter(m -> method(m).getDeclaringClass().getPackageName().startsWith("io.backbeat."))
        .forEach(m -> all.add(name(m)));
    resource.getChildResources().forEach(this::collect);
  }

  private static String name(ResourceMethod method) {
    return method(method).getDeclaringClass().getSimpleName() + '.' + method(method).getName();
  }

  private static Method method(ResourceMethod method) {
    return method.getInvocable().getHandlingMethod();
  }
}
