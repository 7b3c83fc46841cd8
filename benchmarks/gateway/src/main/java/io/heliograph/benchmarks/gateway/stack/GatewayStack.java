package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.gateway.stack.Contestant.Kind;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.Peer;
import io.heliograph.benchmarks.harness.process.PeerProcess;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/**
 * Proxies that are measured in turn, with a common service, Redis, token issuer and load. Each kind of traffic has its
 * own process, since compiled code that is optimal for one kind is not for the next; in a smoke run they share one.
 * Everything is new, and {@link #close} removes it.
 */
public final class GatewayStack implements AutoCloseable {

    /** The connections of the load, and of each contestant to the service. */
    public static final int CONNECTIONS = 64;

    private final Placement placement;
    private final boolean shared;
    private final Path folder = Machine.newFolder();
    private final Users users = new Users();
    private final RedisServer redis;
    private final Nginx service;
    private final SlowService slow = SlowService.start();
    private final Map<String, ServiceProcess> gateways = new HashMap<>();
    private final Map<String, PeerProcess> peers = new HashMap<>();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Set<String> settings = new LinkedHashSet<>();

    public GatewayStack(Placement placement, Effort effort) {
        this.placement = placement;
        this.shared = effort.quick();
        redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
        Machine.pin(redis.process(), placement.others);
        service = Nginx.answering(folder.resolve("service"), placement.others);
        Machine.pinMyself(placement.others);
    }

    /** The service to which all proxies forward requests. */
    public Contestant service(Traffic traffic) {
        return new Contestant("the service itself", Kind.BASELINE, service.address(), service.usage(), traffic);
    }

    /** A plain {@code proxy_pass}. */
    public Contestant nginx(Traffic traffic) {
        return nginx("nginx", traffic, Nginx.proxying(folder.resolve("nginx"), placement, service));
    }

    /** The same with {@code proxy_cache}. */
    public Contestant cachingNginx(Traffic traffic) {
        String name = traffic == Traffic.NOT_MODIFIED ? "nginx, 304 from its cache" : "nginx, from its cache";
        return nginx(name, traffic, Nginx.caching(folder.resolve("cache-" + traffic), placement, service));
    }

    public Contestant gateway(Traffic traffic) {
        return gateway("gateway", traffic, gatewayProcess(traffic));
    }

    /** One gateway on each JDK of the run. */
    public List<Contestant> gatewaysOnEachJdk(Traffic traffic) {
        return Jdk.all().stream()
                .map(jdk -> gateway(jdk.label("gateway"), traffic, gatewayProcess(traffic, jdk)))
                .toList();
    }

    private static Contestant gateway(String name, Traffic traffic, ServiceProcess gateway) {
        return new Contestant(name + ", " + traffic.label(), Kind.OURS, gateway.address(), gateway.usage(), traffic);
    }

    /** The process of {@link #gateway}, for single requests. */
    public ServiceProcess gatewayProcess(Traffic traffic) {
        return gatewayProcess(traffic, Jdk.first());
    }

    private ServiceProcess gatewayProcess(Traffic traffic, Jdk jdk) {
        return gateways.computeIfAbsent(jdk.version() + (shared ? "" : traffic.name()), absent -> {
            GatewaySettings settings = new GatewaySettings(placement, service.url(), slow.url());
            this.settings.add("gateway: `java " + String.join(" ", GatewaySettings.JVM) + "`.");
            return closing(ServiceProcess.start(
                    "gateway-service",
                    jdk,
                    GatewaySettings.JVM,
                    placement.proxy,
                    settings.with(redis.url(), users.jwksUrl())));
        });
    }

    /** The peers that can be installed, for one kind of traffic. The page lists the others as skipped. */
    public List<Contestant> rivals(Traffic traffic) {
        return List.of(Rival.values()).stream()
                .flatMap(rival -> rival(rival, traffic).stream())
                .toList();
    }

    /** The contestants started so far with their settings, for the page. */
    public Set<String> settings() {
        return settings;
    }

    public Placement placement() {
        return placement;
    }

    /** A saturating load over this number of connections. */
    public Wrk wrk(int connections) {
        return new Wrk(folder, connections, placement.others);
    }

    public List<Wrk.Call> calls(Traffic traffic) {
        return traffic.calls(users.tokens());
    }

    public List<String> tokens() {
        return users.tokens();
    }

    /** Runs this while the proxy may use all cores. */
    public void onAllCores(Contestant contestant, Runnable what) {
        Machine.pin(contestant.usage().process(), Machine.allCores());
        try {
            what.run();
        } finally {
            Machine.pin(contestant.usage().process(), placement.proxy);
        }
    }

    /** The number of requests that have reached the service. */
    public long passedOn() {
        return service.requests();
    }

    public Usage redisUsage() {
        return new Usage(redis.process());
    }

    /** The number of scripts that Redis has run. */
    public long redisScripts() {
        return RedisScripts.soFar(redis.port());
    }

    @Override
    public void close() {
        Machine.unpinMyself();
        started.forEach(GatewayStack::close);
        service.close();
        slow.close();
        redis.close();
        users.close();
        FileUtils.deleteQuietly(folder.toFile());
    }

    private Contestant nginx(String name, Traffic traffic, Nginx nginx) {
        settings.add("nginx: " + Nginx.version() + ", a worker for each core.");
        closing(nginx);
        return new Contestant(name, Kind.BASELINE, nginx.address(), nginx.usage(), traffic);
    }

    private Optional<Contestant> rival(Rival rival, Traffic traffic) {
        String key = rival + (shared ? "" : traffic.name());
        if (!peers.containsKey(key)) {
            Peer.install(rival.folder).ifPresent(peer -> start(peer, rival, key));
        }
        return Optional.ofNullable(peers.get(key))
                .map(peer -> new Contestant(
                        rival.label + ", " + traffic.label(), rival.kind, peer.address(), peer.usage(), traffic));
    }

    private void start(Peer peer, Rival rival, String key) {
        Map<String, String> environment = Map.of(
                "UPSTREAM", service.url(),
                "REDIS_URL", redis.url(),
                "JWKS_URL", users.jwksUrl(),
                "CONNECTIONS", Integer.toString(CONNECTIONS),
                "WORKERS", Integer.toString(placement.workers));
        peer.start(placement.proxy, environment).ifPresent(process -> {
            settings.add(rival.label + ": " + peer.versions() + "; " + rival.settings);
            peers.put(key, closing(process));
        });
    }

    private <T extends AutoCloseable> T closing(T contestant) {
        started.push(contestant);
        return contestant;
    }

    private static void close(AutoCloseable contestant) {
        try {
            contestant.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
