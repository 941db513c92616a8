package dev.braid.doctor;

import dev.braid.client.DaemonClient;
import dev.braid.config.ConfigReader;
import dev.braid.config.Settings;
import dev.braid.install.Layout;
import dev.braid.install.ServiceKeeper;
import dev.braid.run.RunStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param program the folder of the program in use
 * @param keeper of services, where the system has one
 */
public record Patient(
    Layout layout,
    Map<String, String> environment,
    String version,
    Path program,
    ConfigReader.Outcome configuration,
    Settings settings,
    RunStore store,
    Optional<DaemonClient> daemon,
    Optional<ServiceKeeper> keeper) {}
