package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Entry.Origin;
import io.heliograph.gateway.cache.Freshness.Asked;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An answer that may be stored, as its head says; its body may still be to come. */
final class Storable {

    /** The head of an answer of a service. */
    record Answer(int status, MultiMap headers, Asked asked) {}

    private static final int NO_CONTENT = 204;
    /**
     * What a service says to caches like this one alone (RFC 9213). It is not read here: what it may forbid is safe only
     * if nothing is kept.
     */
    private static final String TARGETED = "CDN-Cache-Control";

    private final Answer answer;
    private final Life life;
    private final Origin origin;

    private Storable(Answer answer, Life life, Origin origin) {
        this.answer = answer;
        this.life = life;
        this.origin = origin;
    }

    /** Null if it may not be stored. */
    static Storable of(Ask ask, Answer answer, long generation) {
        return of(ask, answer, generation, Set.of());
    }

    /** The stored answer with what a {@code 304} says; null if it may be stored no longer. */
    static Entry renewed(Ask ask, Entry stored, Answer notModified, long generation) {
        String tag = notModified.headers().get(HttpHeaders.ETAG);
        if (tag != null
                && (stored.head().tag() == null
                        || !Conditions.isSame(tag, stored.head().tag()))) {
            return null;
        }
        MultiMap headers = Fields.renewed(stored.head(), notModified.headers());
        Answer renewed = new Answer(stored.head().status(), headers, notModified.asked());
        Set<String> tags = new HashSet<>(Arrays.asList(stored.origin().tags()));
        Storable storable = of(ask, renewed, generation, tags);
        return storable == null ? null : storable.entry(stored.body());
    }

    private static Storable of(Ask ask, Answer answer, long generation, Set<String> furtherTags) {
        AnswerControl control = AnswerControl.of(answer.status(), answer.headers());
        if (!mayStore(ask, answer, control)) {
            return null;
        }
        VaryNames vary = VaryNames.of(answer.headers().getAll(HttpHeaders.VARY), furtherNames(ask, answer));
        Life life = Freshness.of(control, answer.headers(), answer.asked(), ask.policy());
        Set<String> tags = new HashSet<>(ask.policy().tags());
        tags.addAll(furtherTags);
        tags.add(ask.route().name());
        String[] allTags = Tags.of(answer.headers(), tags);
        if (vary == null || life == null || allTags == null || !isOfUse(life, answer)) {
            return null;
        }
        Origin origin = new Origin(ask.key(), vary, vary.values(ask.headers()), allTags, generation);
        return new Storable(answer, life, origin);
    }

    Entry entry(Buffer body) {
        String date = DateFormatter.format(new Date(answer.asked().answeredMillis()));
        List<String> fields = Fields.stored(answer.headers(), origin.vary(), date);
        if (answer.status() != NO_CONTENT) {
            fields.add("Content-Length");
            fields.add(Integer.toString(body.length()));
        }
        return new Entry(Head.of(answer.status(), fields), body, life, origin);
    }

    private static boolean mayStore(Ask ask, Answer answer, AnswerControl control) {
        return control.mayStore()
                && !ask.control().mustNotStore()
                && (control.isForAll() || !ask.isPersonal())
                && !answer.headers().contains(HttpHeaders.SET_COOKIE)
                && !answer.headers().contains(TARGETED);
    }

    /** What is encoded differs by what a client can decode, though services forget to say so. */
    private static Collection<String> furtherNames(Ask ask, Answer answer) {
        if (!answer.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            return ask.policy().varyBy();
        }
        Set<String> names = new HashSet<>(ask.policy().varyBy());
        names.add("accept-encoding");
        return names;
    }

    /** Fresh for a time, or such that the service can be asked whether it has changed. */
    private static boolean isOfUse(Life life, Answer answer) {
        boolean fresh = life.freshMillis() > 0;
        if (!AnswerControl.isRepresentation(answer.status())) {
            return fresh && !life.bounds().mustAsk();
        }
        return fresh
                || answer.headers().contains(HttpHeaders.ETAG)
                || answer.headers().contains(HttpHeaders.LAST_MODIFIED);
    }
}
