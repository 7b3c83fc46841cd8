package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Flight.Landing;
import io.heliograph.gateway.cache.Freshness.Asked;
import io.heliograph.gateway.cache.Storable.Answer;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.proxy.Audience;
import io.heliograph.gateway.proxy.Failure;
import io.heliograph.gateway.proxy.Fetched;
import io.heliograph.gateway.proxy.Interim;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** A question under way. It ends once: with an answer that is stored, one that is passed on, or none. */
final class Asking implements Audience {

    private static final int NOT_MODIFIED = 304;
    private static final int NO_CONTENT = 204;

    private final Question question;
    private final Leader leader;
    private final Shelf shelf;
    private final Flights flights;
    private final Loners loners;
    private final long sentMillis = System.currentTimeMillis();
    private Answer answer;
    private Storable storable;

    Asking(Question question, Leader leader, Shelf shelf, Flights flights, Loners loners) {
        this.question = question;
        this.leader = leader;
        this.shelf = shelf;
        this.flights = flights;
        this.loners = loners;
    }

    @Override
    public void interim(int status, MultiMap headers) {
        if (leader != null) {
            Interim.pass(leader.exchange(), status, headers);
        }
    }

    @Override
    public void took(long nanos) {
        if (leader != null) {
            leader.exchange().upstreamTook(nanos);
        }
    }

    @Override
    public int hear(int status, MultiMap headers) {
        answer = new Answer(status, headers, new Asked(sentMillis, System.currentTimeMillis()));
        if (isNotModified()) {
            return 0;
        }
        if (!hasKnownEnd()) {
            return UNWANTED;
        }
        if (isError() && mayReplaceError()) {
            return question.ask().policy().maxEntryBytes();
        }
        storable = Storable.of(question.ask(), answer, question.generation());
        return storable == null ? UNWANTED : question.ask().policy().maxEntryBytes();
    }

    @Override
    public void whole(Fetched fetched) {
        if (storable != null) {
            keep(storable.entry(fetched.body()), Result.STORED);
        } else if (!isNotModified()) {
            standIn();
        } else {
            Entry renewed = Storable.renewed(question.ask(), question.stale(), answer, question.generation());
            if (renewed != null) {
                keep(renewed, Result.REVALIDATED);
            } else {
                letGo();
            }
        }
    }

    @Override
    public void failed(Failure failure) {
        if (mayReplaceError()) {
            standIn();
            return;
        }
        flights.land(question.flight(), new Landing.Failed(failure));
        if (leader != null) {
            leader.fail(failure);
        }
    }

    @Override
    public Exchange taker() {
        if (!isError() && answer.status() != NOT_MODIFIED) {
            loners.add(question.ask());
        }
        flights.land(question.flight(), new Landing.Alone());
        return leader == null ? null : leader.taker();
    }

    private void keep(Entry entry, Result result) {
        shelf.put(entry, question.flight());
        flights.land(question.flight(), new Landing.Stored(entry));
        if (leader != null) {
            leader.give(entry, result);
        }
    }

    /** What was stored stands in for the answer. */
    private void standIn() {
        flights.land(question.flight(), new Landing.Instead(question.stale()));
        if (leader != null) {
            leader.give(question.stale(), Result.STALE_ON_ERROR);
        }
    }

    /** What is stored still holds, but is to be stored no longer. */
    private void letGo() {
        shelf.remove(question.stale());
        flights.land(question.flight(), new Landing.Alone());
        if (leader != null) {
            leader.pass();
        }
    }

    private boolean isNotModified() {
        return answer.status() == NOT_MODIFIED && question.stale() != null;
    }

    private boolean isError() {
        int status = answer.status();
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    private boolean mayReplaceError() {
        return question.stale() != null
                && question.stale().life().mayReplaceError(question.ask().control(), System.currentTimeMillis());
    }

    /** Of a body that ends with its connection nobody can say whether it is whole. */
    private boolean hasKnownEnd() {
        return answer.status() == NO_CONTENT
                || answer.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || answer.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
