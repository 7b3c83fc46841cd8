package io.heliograph.gateway.upstream.client;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections to one instance of a service. Each belongs to an event loop and carries requests of that loop only,
 * so that none passes from one thread to another; how many there may be is counted over all loops. Used on any loop.
 */
public final class ConnectionPool {

    private final Vertx vertx;
    private final Connector connector;
    private final Target target;
    private final Bounds bounds;
    private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();
    private final Map<LoopConnections, Share> shares = new HashMap<>();
    private int open;
    /** Changed with the lock held; who gives a connection back reads it without. */
    private volatile int waiting;

    /** What becomes of a request for which there is no idle connection. */
    enum Turn {
        CONNECT,
        WAIT,
        NONE
    }

    /** What a loop has of the connections that are open or being opened, and who waits there. */
    private static final class Share {
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private int open;
    }

    public ConnectionPool(Vertx vertx, Connector connector, Target target, Bounds bounds) {
        this.vertx = vertx;
        this.connector = connector;
        this.target = target;
        this.bounds = bounds;
    }

    /** Asks for a request on a connection that carries nothing else; on an event loop, where the listener is called. */
    public void ask(Request.Listener listener, HttpMethod method, String uri) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        LoopConnections here = loops.get(context.nettyEventLoop());
        if (here == null) {
            here = join(context);
        }
        here.ask(new Opening(context, listener, method, uri));
    }

    /** Connections that are open or being opened. */
    public synchronized int open() {
        return open;
    }

    /** Requests that wait for a connection. */
    public int waiting() {
        return waiting;
    }

    Connector connector() {
        return connector;
    }

    Target target() {
        return target;
    }

    Bounds bounds() {
        return bounds;
    }

    Turn turn(Waiting who) {
        synchronized (this) {
            Share share = shares.get(who.loop());
            if (open < bounds.connections()) {
                open++;
                share.open++;
                return Turn.CONNECT;
            }
            if (waiting >= bounds.waiting()) {
                return Turn.NONE;
            }
            share.waiting.add(who);
            waiting++;
        }
        loops.values().stream().filter(loop -> loop != who.loop()).forEach(LoopConnections::yieldLater);
        return Turn.WAIT;
    }

    /** Whether it was still waiting. */
    synchronized boolean leave(Waiting who) {
        boolean waited = shares.get(who.loop()).waiting.remove(who);
        if (waited) {
            waiting--;
        }
        return waited;
    }

    /**
     * Who of a loop gets a connection that has become free there; null if nobody waits there, or if another loop waits
     * that would have fewer even then. Short of that none changes its loop, as opening one costs more than a request.
     */
    synchronized Waiting next(LoopConnections loop) {
        Share share = shares.get(loop);
        boolean stays = !share.waiting.isEmpty() && share.open <= poorest().open + 1;
        return stays ? next(share) : null;
    }

    /** One of a loop is no more. Who may open another now, on whichever loop; null if nobody waits. */
    synchronized Waiting closed(LoopConnections loop) {
        open--;
        shares.get(loop).open--;
        Share poorest = poorest();
        if (poorest == null) {
            return null;
        }
        open++;
        poorest.open++;
        return next(poorest);
    }

    private synchronized Waiting next(Share share) {
        waiting--;
        return share.waiting.remove();
    }

    /** Of those who have somebody waiting; null if nobody waits. */
    private synchronized Share poorest() {
        Share poorest = null;
        for (Share share : shares.values()) {
            if (!share.waiting.isEmpty() && (poorest == null || share.open < poorest.open)) {
                poorest = share;
            }
        }
        return poorest;
    }

    private synchronized LoopConnections join(ContextInternal context) {
        LoopConnections here = new LoopConnections(this, context.unwrap());
        shares.put(here, new Share());
        loops.put(context.nettyEventLoop(), here);
        return here;
    }
}
