package io.heliograph.gateway.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import jakarta.inject.Singleton;

/** Where answers are stored: in memory, and behind that in Redis. It gives out nothing that is known to be purged. */
@Singleton
final class Shelf {

    private final LocalEntries local;
    private final SharedStore shared;
    private final Purges purges;
    private final PurgeBus bus;
    private final long maxUnheardMillis;

    Shelf(LocalEntries local, SharedStore shared, Purges purges, PurgeBus bus, CacheConfig config) {
        this.local = local;
        this.shared = shared;
        this.purges = purges;
        this.bus = bus;
        this.maxUnheardMillis = config.maxUnheard().toMillis();
    }

    /** What is in memory; null if nothing is. */
    Variants find(String key) {
        return local.find(key);
    }

    /** What is in Redis, brought to memory; null if nothing is. Told on the context of the caller. */
    Future<Entry> findShared(Ask ask, Context context) {
        Promise<Entry> found = Promise.promise();
        shared.find(ask.key(), ask.headers())
                .onComplete(result -> context.runOnContext(ignored -> {
                    Entry entry = result.result();
                    if (entry != null && !purges.isPurgedThere(entry)) {
                        local.put(entry);
                        found.complete(purges.isPurgedThere(entry) ? dropped(entry) : entry);
                    } else {
                        found.complete();
                    }
                }));
        return found.future();
    }

    /** What may be done with it for a request with these headers. */
    Life.Use use(Entry entry, MultiMap headers, RequestControl control, long now) {
        Life life = entry.life();
        boolean foreign = !isFor(entry, headers);
        boolean doubtful = life.ageMillis(now) > maxUnheardMillis && bus.isDeaf();
        return foreign || doubtful ? Life.Use.ASK : life.use(control, now);
    }

    /** Whether it may be meant for such a request: what was said to nobody in particular is not for who shows himself. */
    static boolean isFor(Entry entry, MultiMap headers) {
        return entry.life().bounds().forAll() || !Ask.isPersonal(headers);
    }

    /** To be asked for before the service is, and given to what comes of that. */
    long generation() {
        return purges.generation();
    }

    /** Stores what this flight has brought, unless it is out of date already. */
    boolean put(Entry entry, Flight flight) {
        if (flight.isOutdated()) {
            return false;
        }
        local.put(entry);
        if (flight.isOutdated() || purges.isPurged(entry)) {
            local.remove(entry);
            return false;
        }
        shared.put(entry, System.currentTimeMillis());
        return true;
    }

    void remove(Entry entry) {
        local.remove(entry);
    }

    private Entry dropped(Entry entry) {
        local.remove(entry);
        return null;
    }
}
