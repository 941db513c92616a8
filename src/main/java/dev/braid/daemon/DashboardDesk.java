package dev.braid.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.dashboard.Assets;
import dev.braid.dashboard.Dashboard;
import dev.braid.dashboard.Feed;
import dev.braid.dashboard.Links;
import dev.braid.protocol.Route;
import dev.braid.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Serves the page of the dashboard at the door, and what it asks for. */
final class DashboardDesk {
  /** Pages that hear of changes at a time. */
  private static final int MAX_LISTENERS = 32;

  /**
   * A page that may load its own files and talk to where it came from, and nothing else; no page
   * may frame it, and nothing in a text that it shows can become a script.
   */
  private static final Map<String, String> PAGE_HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Dashboard dashboard;
  private final Links links;
  private final Semaphore listeners = new Semaphore(MAX_LISTENERS);

  DashboardDesk(Dashboard dashboard, Links links) {
    this.dashboard = dashboard;
    this.links = links;
  }

  void addTo(Door door) {
    door.with("GET", Route.DASHBOARD, Door.Key.NONE, this::asset)
        .with("POST", Route.LINK, Door.Key.CONTROL, this::link)
        .with("POST", Route.ENTER, Door.Key.NONE, this::enter)
        .with("GET", Route.VIEW, Door.Key.PAGE, this::view)
        .with("POST", Route.ACT, Door.Key.PAGE, this::act)
        .with("GET", Route.METRICS, Door.Key.NONE, this::metrics);
  }

  private void asset(Visit visit) throws IOException {
    Optional<Assets.Asset> asset = Assets.find(visit.below(Route.DASHBOARD));
    if (asset.isEmpty()) {
      visit.refuse(404, "nothing is there");
    } else {
      byte[] bytes = asset.get().text().getBytes(StandardCharsets.UTF_8);
      visit.answer(asset.get().type(), bytes, PAGE_HEADERS);
    }
  }

  private void link(Visit visit) throws IOException {
    ObjectNode body = Json.parseObject(visit.body());
    var environment = new HashMap<String, String>();
    if (body != null) {
      body.path("environment")
          .properties()
          .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
    }
    visit.answer(Json.line(Json.object().put("code", links.code(environment))));
  }

  private void enter(Visit visit) throws IOException {
    ObjectNode body = Json.parseObject(visit.body());
    Optional<String> token =
        body == null ? Optional.empty() : links.enter(body.path("code").asText());
    if (token.isEmpty()) {
      visit.refuse(401, "the link was used, or is too old: make one with braid dashboard");
    } else {
      visit.answer(Json.line(Json.object().put("token", token.get())));
    }
  }

  private void view(Visit visit) throws IOException {
    List<String> path = List.of(visit.below(Route.VIEW).split("/", -1));
    if (path.equals(List.of("events"))) {
      listen(visit);
      return;
    }
    Optional<ObjectNode> answer =
        switch (path.getFirst()) {
          case "overview" -> Optional.of(dashboard.overview());
          case "resources" -> Optional.of(dashboard.resources());
          case "stats" -> Optional.of(dashboard.statistics());
          case "hooks" -> Optional.of(dashboard.hooks());
          case "runs" -> run(path);
          default -> Optional.empty();
        };
    if (answer.isEmpty()) {
      visit.refuse(404, "nothing is there");
    } else {
      visit.answer(Json.line(answer.get()));
    }
  }

  /** {@code runs/<id>}, {@code runs/<id>/tasks/<task>} or {@code runs/<id>/tasks/<task>/diff}. */
  private Optional<ObjectNode> run(List<String> path) throws IOException {
    if (path.size() == 2) {
      return dashboard.run(path.get(1));
    }
    boolean isTask = path.size() >= 4 && path.get(2).equals("tasks");
    if (isTask && path.size() == 4) {
      return dashboard.task(path.get(1), path.get(3));
    }
    return isTask && path.size() == 5 && path.get(4).equals("diff")
        ? dashboard.patch(path.get(1), path.get(3))
        : Optional.empty();
  }

  private void listen(Visit visit) throws IOException {
    if (!listeners.tryAcquire()) {
      visit.refuse(503, "too many pages listen; close some");
      return;
    }
    try (OutputStream out = visit.stream("text/event-stream")) {
      dashboard.feed(visit.parameter("run"), new Events(out));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.release();
    }
  }

  /** Server-sent events, by the HTML standard; the JSON of an event is one line. */
  private record Events(OutputStream out) implements Feed.Listener {
    @Override
    public void hear(String event, String json) throws IOException {
      write("event: " + event + "\ndata: " + json + "\n\n");
    }

    @Override
    public void pulse() throws IOException {
      write(": pulse\n\n");
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private void act(Visit visit) throws IOException {
    String token = visit.header(Route.TOKEN);
    Dashboard.Answer answer = dashboard.perform(visit.below(Route.ACT), visit.body(), token);
    if (answer.isDone()) {
      visit.answer(answer.text());
    } else {
      visit.refuse(409, answer.text());
    }
  }

  private void metrics(Visit visit) throws IOException {
    visit.answer(
        "text/plain; version=0.0.4; charset=utf-8",
        dashboard.metrics().getBytes(StandardCharsets.UTF_8),
        Map.of());
  }
}
