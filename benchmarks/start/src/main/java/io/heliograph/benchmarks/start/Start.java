package io.heliograph.benchmarks.start;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.process.Peer;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Skipped;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The time until each service responds after its start, and its memory then. */
final class Start implements Scenario {

    /** The JVM options of the other benchmarks. */
    static final Map<String, List<String>> JVM = Map.of(
            "user-service", List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m"),
            "message-service", List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m"),
            "gateway-service", List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:MaxDirectMemorySize=32m"));

    private static final List<String> SERVICES = List.of("user-service", "message-service", "gateway-service");

    /** The path of the request for each peer: Socket.IO responds only to this one. */
    private static final Map<String, String> PEERS = new LinkedHashMap<>();

    static {
        PEERS.put("spring-cloud-gateway", "/");
        PEERS.put("aiohttp-gateway", "/");
        PEERS.put("fastapi-users", "/");
        PEERS.put("aiohttp-rooms", "/");
        PEERS.put("socket-io", "/socket.io/?EIO=4&transport=polling");
        PEERS.put("centrifugo", "/");
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Report run(Effort effort) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<String> versions = new ArrayList<>();
        try (StartStack stack = new StartStack()) {
            List<Contestant> contestants = new ArrayList<>(ours(stack));
            PEERS.forEach((name, path) -> Peer.install(name).ifPresent(peer -> {
                versions.add(name + ": " + peer.versions());
                contestants.add(new Contestant(name, false, path, Starter.peer(peer, stack.peerSettings())));
            }));
            if (!effort.quick()) {
                effort.progress("warming up");
                // Afterwards their files are in the page cache and the tables exist.
                contestants.forEach(contestant -> contestant.sample(http));
            }
            return new StartReport(samples(contestants, http, effort), versions).report();
        }
    }

    private static List<Contestant> ours(StartStack stack) {
        List<Contestant> ours = new ArrayList<>();
        for (String service : SERVICES) {
            Map<String, String> settings = stack.settings(service);
            for (Jdk jdk : Jdk.all()) {
                ours.add(new Contestant(
                        jdk.label(service + ", JVM"),
                        true,
                        "/api",
                        Starter.onJvm(service, jdk, JVM.get(service), settings)));
            }
            if (ServiceProcess.hasExecutable(service)) {
                ours.add(new Contestant(service + ", native", true, "/api", Starter.executable(service, settings)));
            } else {
                Skipped.note(service + ", native", "there is no executable in its target/");
            }
        }
        return ours;
    }

    /** The samples of all contestants that started. */
    private static Map<Contestant, List<Contestant.Sample>> samples(
            List<Contestant> contestants, HttpClient http, Effort effort) {
        Map<Contestant, List<Contestant.Sample>> samples = new LinkedHashMap<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            effort.progress("round " + round + " of " + effort.rounds());
            for (Contestant contestant : contestants) {
                Optional<Contestant.Sample> sample = contestant.sample(http);
                sample.ifPresent(one -> samples.computeIfAbsent(contestant, any -> new ArrayList<>())
                        .add(one));
            }
        }
        return samples;
    }
}
