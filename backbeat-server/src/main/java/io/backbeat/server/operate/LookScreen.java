package io.backbeat.server.operate;

import io.backbeat.api.ComponentHealth;
import io.backbeat.server.terminal.Printer;
import java.net.URI;

/** Draws each look over the one before. */
public final class LookScreen implements LookDisplay {
  private static final String CLEAR = "\u001b[2J";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_TO_END = "\u001b[J";

  private final URI server;
  private final Quantities quantities;
  private final Printer out;
  private boolean begun;

  /** Nothing is drawn yet. */
  public LookScreen(URI server, Quantities quantities, Printer out) {
    this.server = server;
    this.quantities = quantities;
    this.out = out;
  }

  /** Every line may be shorter than the one that was there. */
  @Override
  public boolean show(Look look) {
    out.control((begun ? "" : CLEAR) + HOME + CLEAR_TO_END);
    begun = true;
    out.line(
        look.service().wireName()
            + " at "
            + server
            + ", "
            + Moments.at(look.at())
            + ", health "
            + look.health().overall());
    out.line("");
    out.table(LookTable.columns(look.service()), LookTable.rows(look, quantities));
    look.health().components().stream()
        .filter(part -> part.state() != ComponentHealth.State.OK)
        .forEach(part -> out.line(part.component() + " " + part.state() + ": " + part.detail()));
    return out.flush();
  }

  /** Below the last look, which stays. */
  @Override
  public void missed(String reason) {
    out.line(reason);
    out.flush();
  }
}
