package io.heliograph.localstack.stack;

import io.heliograph.localstack.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A whole Heliograph on this machine: its stores and its services, each a process. It may be closed by another thread
 * while it starts; nothing starts after that.
 */
public final class Stack implements AutoCloseable {

    /** The password of the accounts that user-service creates if configured, which only a local stack does. */
    public static final String DEMO_PASSWORD = "heliograph-demo";

    /** Longer than a service itself waits for slow stores at its start (heliograph.start.deadline). */
    private static final Duration START_DEADLINE = Duration.ofMinutes(6);

    private static final long PROBE_INTERVAL_MILLIS = 50;
    private static final long WATCH_INTERVAL_MILLIS = 250;

    /** A service that ends sooner after it was started again has a reason that another start will not mend. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(20);

    private final StackSettings settings;
    private final Console console;
    private final Map<Service, List<ServiceProcess>> services = new EnumMap<>(Service.class);
    private final Map<ServiceProcess, Stopwatch> revivals = new HashMap<>();
    private DataFolder folder;
    private Stores stores;
    private volatile boolean closed;

    public Stack(StackSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    /** Starts all of it and returns when every service is ready. */
    public Stack start() {
        Stopwatch watch = new Stopwatch();
        Replicas replicas = prepare();
        startStore(Stores::startRedis);
        // The gateway needs no more than that, and its start fills the time that PostgreSQL needs.
        launch(Service.GATEWAY, replicas);
        startStore(Stores::startPostgres);
        writeDevSettings(replicas);
        launch(Service.USER, replicas);
        launch(Service.MESSAGE, replicas);
        awaitReady(watch);
        return this;
    }

    /** The replicas of {@code service}, the one on the usual port first. */
    public List<ServiceProcess> replicas(Service service) {
        return services.getOrDefault(service, List.of());
    }

    /** The folder with the access log of each gateway. */
    public Path accessLogs() {
        return folder.logs();
    }

    /** The file from which {@code quarkus:dev} of a service knows this stack. */
    public Path devSettings() {
        return folder.devSettings();
    }

    public Stores stores() {
        return stores;
    }

    /**
     * Starts again what ends by itself, as a cluster would, until the stack is closed. Fails if a service ends again
     * right after that.
     */
    public void watchOver() {
        while (!closed) {
            reviveWhatEnded();
            Processes.pause(WATCH_INTERVAL_MILLIS);
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Stops all of it in order. What is being started at this moment is waited for; nothing starts after it. */
    @Override
    public void close() {
        closed = true;
        stop();
    }

    private synchronized void stop() {
        for (Service service : Service.values()) {
            List<ServiceProcess> running = replicas(service);
            running.forEach(replica -> replica.handle().destroy());
            running.forEach(ServiceProcess::close);
        }
        if (stores != null) {
            stores.close();
        }
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }

    private synchronized Replicas prepare() {
        requireOpen();
        folder = DataFolder.hold(settings.data());
        if (settings.fresh()) {
            folder.clear();
        }
        stores = new Stores(folder, settings.ports(), console);
        try {
            return new Replicas(settings, SigningKeys.in(folder.keys()), folder);
        } catch (IOException e) {
            throw new StackFailure("Cannot write the signing keys to " + folder.keys() + ": " + e, e);
        }
    }

    private synchronized void startStore(Consumer<Stores> start) {
        requireOpen();
        start.accept(stores);
    }

    private synchronized void writeDevSettings(Replicas replicas) {
        requireOpen();
        DevSettings dev = new DevSettings(stores.environment(), replicas.devSettings());
        try {
            dev.write(folder.devSettings());
        } catch (IOException e) {
            throw new StackFailure("Cannot write " + folder.devSettings() + ": " + e, e);
        }
    }

    private synchronized void launch(Service service, Replicas replicas) {
        requireOpen();
        List<ServiceProcess> started = new ArrayList<>();
        services.put(service, started);
        for (ServiceProcess.Launch launch : replicas.launches(service, stores.environment())) {
            ServiceProcess process = new ServiceProcess(launch, console).start();
            folder.note(process.handle());
            started.add(process);
            console.say("starting " + process.name());
        }
    }

    private void awaitReady(Stopwatch watch) {
        Stopwatch sinceLaunch = new Stopwatch();
        List<ServiceProcess> waiting = new ArrayList<>(all());
        while (!waiting.isEmpty()) {
            failIfAnyEnded();
            requireOpen();
            waiting.removeIf(service -> tellIfReady(service, watch));
            if (sinceLaunch.elapsed().compareTo(START_DEADLINE) > 0) {
                throw new StackFailure(waiting.stream()
                        .map(service ->
                                "%s is not ready after %s: %s".formatted(service.name(), watch, service.lastError()))
                        .collect(Collectors.joining("; ")));
            }
            Processes.pause(PROBE_INTERVAL_MILLIS);
        }
    }

    private boolean tellIfReady(ServiceProcess service, Stopwatch watch) {
        boolean ready = service.isReady();
        if (ready) {
            console.say("%s is ready at %s (%s)".formatted(service.name(), service.http(""), watch));
        }
        return ready;
    }

    private void failIfAnyEnded() {
        for (ServiceProcess service : all()) {
            if (!service.isAlive() && !closed) {
                throw failure(service);
            }
        }
    }

    private static StackFailure failure(ServiceProcess ended) {
        return new StackFailure(
                "%s ended with exit code %d: %s".formatted(ended.name(), ended.exitCode(), ended.lastError()));
    }

    private synchronized void reviveWhatEnded() {
        if (closed) {
            return;
        }
        stores.revive();
        for (ServiceProcess service : all()) {
            if (!service.isAlive()) {
                revive(service);
            }
        }
    }

    private void revive(ServiceProcess service) {
        Stopwatch revived = revivals.get(service);
        if (revived != null && revived.elapsed().compareTo(SHORTEST_LIFE) < 0) {
            throw failure(service);
        }
        console.say("%s ended with exit code %d; starting it again".formatted(service.name(), service.exitCode()));
        revivals.put(service, new Stopwatch());
        folder.note(service.start().handle());
    }

    private List<ServiceProcess> all() {
        return services.values().stream().flatMap(Collection::stream).toList();
    }

    private void requireOpen() {
        if (closed) {
            throw new StackFailure("stopped while starting");
        }
    }
}
