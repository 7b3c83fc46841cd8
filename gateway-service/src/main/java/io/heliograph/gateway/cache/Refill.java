package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Flight.Landing;
import io.heliograph.gateway.cache.Life.Use;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.proxy.Headers;
import io.heliograph.gateway.problem.Problem;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;

/** Sees to requests that memory has no good answer for: one asks Redis and then the service, and others wait for that. */
@Singleton
final class Refill {

    private final Shelf shelf;
    private final Flights flights;
    private final Loners loners;
    private final Questions questions;
    private final Replies replies;

    Refill(Shelf shelf, Flights flights, Loners loners, Questions questions, Replies replies) {
        this.shelf = shelf;
        this.flights = flights;
        this.loners = loners;
        this.questions = questions;
        this.replies = replies;
    }

    /** @param known what is stored, but to be asked about first; null if nothing is */
    void answer(Exchange exchange, Ask ask, Entry known) {
        String reason = reason(ask, known);
        if (ask.control().onlyIfStored()) {
            answerWithShared(exchange, ask, reason);
        } else if (HttpMethod.HEAD.equals(exchange.method()) || ask.control().mustNotStore()) {
            replies.pass(exchange, Result.MISS, reason);
        } else if (known == null && loners.contains(ask)) {
            replies.pass(exchange, Result.MISS, reason);
        } else {
            lead(exchange, ask, known, reason);
        }
    }

    /** Asks the service for what is stored, though nobody waits for that. */
    void refresh(Exchange exchange, Ask ask, Entry known) {
        Flight flight = flights.begin(Flights.key(ask, shelf.find(ask.key())));
        if (flight != null) {
            // The exchange ends before this does.
            Question question = new Question(ask, known, flight, shelf.generation());
            questions.ask(question, Headers.ofRequest(exchange), null);
        }
    }

    private void lead(Exchange exchange, Ask ask, Entry known, String reason) {
        Context context = Vertx.currentContext();
        boolean alone = ask.control().mustAsk()
                || (known != null && known.life().bounds().mustAsk());
        Flight flight = alone
                ? flights.alone(ask.key())
                : flights.join(
                        Flights.key(ask, shelf.find(ask.key())),
                        context,
                        landing -> arrive(exchange, ask, landing, reason));
        if (flight == null) {
            return;
        }
        MultiMap headers = Headers.ofRequest(exchange);
        Leader leader = new Leader(exchange, reason, replies);
        if (alone) {
            questions.ask(new Question(ask, known, flight, shelf.generation()), headers, leader);
            return;
        }
        long generation = shelf.generation();
        shelf.findShared(ask, context).onSuccess(found -> {
            Entry best = newer(known, found);
            if (found != null && best == found && isUsable(found, ask)) {
                flights.land(flight, new Landing.Stored(found));
                leader.give(found, Result.SHARED);
            } else {
                questions.ask(new Question(ask, best, flight, generation), headers, leader);
            }
        });
    }

    /** What another one asked has come. */
    private void arrive(Exchange exchange, Ask ask, Landing landing, String reason) {
        if (landing instanceof Landing.Stored stored && isUsable(stored.entry(), ask)) {
            replies.give(exchange, stored.entry(), Result.COLLAPSED, reason);
        } else if (landing instanceof Landing.Failed failed) {
            replies.fail(exchange, failed.failure(), reason);
        } else if (landing instanceof Landing.Instead instead && mayReplaceError(instead.entry(), ask)) {
            replies.give(exchange, instead.entry(), Result.STALE_ON_ERROR, reason);
        } else {
            replies.pass(exchange, Result.MISS, reason);
        }
    }

    private void answerWithShared(Exchange exchange, Ask ask, String reason) {
        shelf.findShared(ask, Vertx.currentContext()).onSuccess(found -> {
            if (found != null && isUsable(found, ask)) {
                replies.give(exchange, found, Result.SHARED, reason);
            } else {
                replies.refuse(exchange, Problem.NOT_CACHED, reason);
            }
        });
    }

    private boolean isUsable(Entry entry, Ask ask) {
        return isFor(entry, ask)
                && shelf.use(entry, ask.headers(), ask.control(), System.currentTimeMillis()) != Use.ASK;
    }

    private static boolean mayReplaceError(Entry entry, Ask ask) {
        return isFor(entry, ask) && entry.life().mayReplaceError(ask.control(), System.currentTimeMillis());
    }

    private static boolean isFor(Entry entry, Ask ask) {
        return Shelf.isFor(entry, ask.headers())
                && entry.origin().vary().match(entry.origin().values(), ask.headers());
    }

    private String reason(Ask ask, Entry known) {
        if (known != null) {
            boolean fresh = known.life().isFresh(System.currentTimeMillis());
            return fresh ? CacheStatus.REQUEST : CacheStatus.STALE;
        }
        return shelf.find(ask.key()) == null ? CacheStatus.URI_MISS : CacheStatus.VARY_MISS;
    }

    private static Entry newer(Entry known, Entry found) {
        if (known == null || found == null) {
            return known == null ? found : known;
        }
        return found.life().bornMillis() > known.life().bornMillis() ? found : known;
    }
}
