package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.process.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A room server that can be started.
 *
 * @param ours whether it is Heliograph, which must not lose messages
 * @param what a description with versions and settings, for the page
 */
public record Contestant(String name, boolean ours, String what, Start start) {

    /** Returns empty if it does not start, which is noted for the page. */
    public interface Start {
        Optional<RoomServer> at(Placement placement);
    }

    /**
     * Heliograph on each JDK of the run, and the given peers that can be installed here. The page lists those that
     * cannot.
     */
    public static List<Contestant> oursAnd(List<String> jvm, RoomPeer... others) {
        List<Contestant> all = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            all.add(new Contestant(
                    jdk.label("Heliograph"),
                    true,
                    jdk.label("Heliograph") + ": `java " + String.join(" ", jvm) + "`",
                    placement -> Optional.of(new Heliograph(jdk, jvm, placement))));
        }
        for (RoomPeer other : others) {
            other.install().ifPresent(peer -> all.add(of(other, peer)));
        }
        return all;
    }

    private static Contestant of(RoomPeer kind, Peer peer) {
        return new Contestant(
                kind.title(),
                false,
                kind.title() + ": " + peer.versions(),
                placement -> PeerServer.start(kind, peer, placement));
    }
}
