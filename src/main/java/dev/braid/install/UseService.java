package dev.braid.install;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets a service of the user run the daemon. */
record UseService(Receipt receipt, Layout layout, ServiceKeeper keeper) implements Step {
  private PutFile file() throws IOException {
    return new PutFile(
        receipt,
        layout.serviceFile(),
        keeper.file(layout),
        PutFile.READABLE,
        /* isForPeople= */ false);
  }

  private Written.Service written() {
    return new Written.Service(layout.service());
  }

  @Override
  public List<String> preview() throws IOException {
    var lines = new ArrayList<>(file().preview());
    if (!receipt.read().contains(written())) {
      lines.add("enable  " + layout.service() + " of " + keeper.name());
    }
    return lines;
  }

  @Override
  public List<String> perform() throws IOException {
    var lines = new ArrayList<>(file().perform());
    new PutFile(
            receipt,
            layout.places().serviceFile(),
            layout.service() + "\n",
            PutFile.PRIVATE,
            /* isForPeople= */ true)
        .perform();
    // What the system makes to enable it: it does not take the folder away again.
    if (!layout.isMac()) {
      receipt.makeFolders(layout.serviceFile().resolveSibling("default.target.wants"));
    }
    receipt.add(written());
    keeper.enable(layout);
    String advice = keeper.advice(layout);
    if (!advice.isEmpty()) {
      lines.add(advice);
    }
    return lines;
  }
}
