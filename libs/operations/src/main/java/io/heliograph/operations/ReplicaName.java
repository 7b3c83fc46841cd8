package io.heliograph.operations;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The default name of a replica: unique in a cluster, and on a machine. */
public final class ReplicaName {

    private ReplicaName() {}

    /** The name of the host, which in Kubernetes is that of the pod, and the port. */
    public static String of(int port) {
        return host() + ":" + port;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
