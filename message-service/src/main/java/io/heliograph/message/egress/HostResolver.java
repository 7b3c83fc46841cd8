package io.heliograph.message.egress;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Looks up the addresses of a host. */
@FunctionalInterface
public interface HostResolver {

    /** At least one; fails if the name is unknown. */
    Future<List<InetAddress>> resolve(String host);
}
