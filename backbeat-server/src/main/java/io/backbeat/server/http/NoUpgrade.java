package io.backbeat.server.http;

import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents.IncomingHttpUpgradeEvent;

/**
 * Takes a request that offers to change the protocol for a request that does not, as HTTP lets a
 * server do. Left to itself Grizzly reads such a request as the start of another protocol: it
 * ignores the length of the body, waits for content that never comes, and answers without {@code
 * Content-Type} and {@code Content-Length}. The JDK's HTTP client offers HTTP/2 by default.
 */
final class NoUpgrade extends BaseFilter {
  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
    if (event instanceof IncomingHttpUpgradeEvent offer) {
      offer.getHttpHeader().getUpgradeDC().recycle();
      offer.getHttpHeader().setIgnoreContentModifiers(false);
    }
    return context.getInvokeAction();
  }
}
