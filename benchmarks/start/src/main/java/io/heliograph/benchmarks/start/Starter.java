package io.heliograph.benchmarks.start;

import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.Peer;
import io.heliograph.benchmarks.harness.process.PeerProcess;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a new process of a contestant each time. */
interface Starter {

    /** Returns empty if it does not start. */
    Optional<Started> start();

    /** A running server. */
    record Started(InetSocketAddress address, Usage usage, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    static Starter onJvm(String service, Jdk jdk, List<String> jvm, Map<String, String> settings) {
        ServiceProcess.train(service, jdk);
        return () -> Optional.of(started(ServiceProcess.start(service, jdk, jvm, null, settings)));
    }

    static Starter executable(String service, Map<String, String> settings) {
        return () -> Optional.of(started(ServiceProcess.startExecutable(service, settings)));
    }

    static Starter peer(Peer peer, Map<String, String> settings) {
        return () -> peer.start(Machine.allCores(), settings).map(Starter::started);
    }

    private static Started started(ServiceProcess process) {
        return new Started(process.address(), process.usage(), process::close);
    }

    private static Started started(PeerProcess process) {
        return new Started(process.address(), process.usage(), process::close);
    }
}
