package io.heliograph.message.websocket;

import io.netty.channel.EventLoop;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Checks the timeouts of all sessions: one sweep on each event loop that has any, instead of timers for each of them. A
 * timeout is up to one sweep late, which is a quarter of a second with the default settings.
 */
@Singleton
final class SessionTimeouts {

    /** A session, checked on its event loop. */
    interface Timed {

        /** Does what is due. Returns false once the session is closed. */
        boolean check(long nanoTime);
    }

    private static final Logger LOG = Logger.getLogger(SessionTimeouts.class);
    private static final Duration MIN_INTERVAL = Duration.ofMillis(20);
    private static final Duration MAX_INTERVAL = Duration.ofMillis(250);
    /** The number of sweeps within the shortest timeout. */
    private static final int PRECISION = 10;

    private final SocketConfig config;
    private final LongSupplier nanoTime;
    private final Map<EventLoop, Sweep> sweeps = new ConcurrentHashMap<>();

    @Inject
    SessionTimeouts(SocketConfig config) {
        this(config, System::nanoTime);
    }

    SessionTimeouts(SocketConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** To be called on the event loop of the session. */
    void add(EventLoop loop, Timed session) {
        sweeps.computeIfAbsent(loop, Sweep::new).add(session);
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    private long intervalMillis() {
        Duration shortest = config.heartbeat().compareTo(config.connectTimeout()) < 0
                ? config.heartbeat()
                : config.connectTimeout();
        long part = shortest.toMillis() / PRECISION;
        return Math.max(MIN_INTERVAL.toMillis(), Math.min(part, MAX_INTERVAL.toMillis()));
    }

    /** The sessions of one event loop, which alone uses it. A closed session is dropped by the next sweep. */
    private final class Sweep implements Runnable {
        private final EventLoop loop;
        private final List<Timed> sessions = new ArrayList<>();
        private boolean scheduled;

        Sweep(EventLoop loop) {
            this.loop = loop;
        }

        void add(Timed session) {
            sessions.add(session);
            schedule();
        }

        /** Iterates backwards, because the last session replaces a dropped one. */
        @Override
        public void run() {
            scheduled = false;
            long now = nanoTime.getAsLong();
            for (int i = sessions.size() - 1; i >= 0; i--) {
                if (!check(sessions.get(i), now)) {
                    Timed last = sessions.remove(sessions.size() - 1);
                    if (i < sessions.size()) {
                        sessions.set(i, last);
                    }
                }
            }
            schedule();
        }

        /** A defect in one session must not end the timeouts of the others. */
        private boolean check(Timed session, long now) {
            try {
                return session.check(now);
            } catch (RuntimeException defect) {
                LOG.error("The timeouts of a session could not be checked", defect);
                return true;
            }
        }

        private void schedule() {
            if (!scheduled && !sessions.isEmpty() && !loop.isShuttingDown()) {
                scheduled = true;
                loop.schedule(this, intervalMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
