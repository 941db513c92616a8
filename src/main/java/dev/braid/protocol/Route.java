package dev.braid.protocol;

/** The paths of the door, and what of a request is not its body. */
public final class Route {
  /** GET: how the daemon stands. */
  public static final String STATUS = "/status";

  /** POST: ends the daemon; attempts run on. */
  public static final String STOP = "/stop";

  /** POST: reads the configuration again. */
  public static final String RELOAD = "/reload";

  /** POST {@code /runs/<id>}: takes a run over and tells how it goes, a line an event. */
  public static final String RUNS = "/runs/";

  /** POST {@code /hooks/event}: an event of Claude Code. */
  public static final String HOOKS = "/hooks/";

  /** GET, and all below it: the files of the page. */
  public static final String DASHBOARD = "/dashboard/";

  /** POST: makes a code for a link to the page. */
  public static final String LINK = "/dashboard/link";

  /** POST: takes such a code for the token of a page. */
  public static final String ENTER = "/dashboard/enter";

  /** GET, and all below it: what the page shows. */
  public static final String VIEW = "/view/";

  /** POST, and all below it: what the page asks for. */
  public static final String ACT = "/act/";

  /** GET: figures for Prometheus. */
  public static final String METRICS = "/metrics";

  /** Header with a token. */
  public static final String TOKEN = "X-Braid-Token";

  /** The only address that is listened on. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Larger requests are refused, in bytes. */
  public static final int MAX_REQUEST_BYTES = 8 << 20;

  private Route() {}
}
