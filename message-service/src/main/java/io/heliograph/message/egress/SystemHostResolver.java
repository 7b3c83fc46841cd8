package io.heliograph.message.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;

/**
 * Uses the resolver of the operating system, which blocks, on threads of its own: a name server that does not respond
 * delays only the requests of the owner.
 */
public final class SystemHostResolver implements HostResolver, AutoCloseable {

    private final WorkerExecutor threads;

    /** @param lookups the number of concurrent lookups */
    public SystemHostResolver(Vertx vertx, String name, int lookups) {
        this.threads = vertx.createSharedWorkerExecutor(name, lookups);
    }

    @Override
    public Future<List<InetAddress>> resolve(String host) {
        return threads.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
    }

    @Override
    public void close() {
        threads.close();
    }
}
