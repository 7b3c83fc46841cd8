package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import io.heliograph.benchmarks.messages.stack.SearchData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Searches by users in few and in many rooms, and a rebuild of the index. */
public final class Search implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m");
    private static final int MESSAGES = 500_000;
    private static final int MOST_ROOMS = 10_000;
    private static final List<Integer> ROOMS = List.of(10, 1_000, MOST_ROOMS);
    /** The time limit of a search in the earlier implementation. */
    private static final int LIMIT_SECONDS = 5;

    private static final long POLL_NANOS = 200_000_000L;

    /** @param fullText the query for the full-text search of PostgreSQL, which expresses a prefix by an operator */
    private record Query(String what, String typed, String fullText, boolean found) {}

    private static final List<Query> QUERIES = List.of(
            new Query("a word in every message", "common", "common", true),
            new Query("a prefix of it", "com", "com:*", true),
            new Query("a word in 1 of 50 messages", "weekly", "weekly", true),
            new Query("a word in 1 of 50,000", "zanzibar", "zanzibar", false),
            new Query("a word in no message", "absent", "absent", false));

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Report run(Effort effort) {
        int messages = effort.size(MESSAGES);
        Map<String, String> settings = Map.of(
                // Indexes new messages soon and without pauses.
                "heliograph.search.sweep-interval", "2S",
                "heliograph.search.index-pause-factor", "0");
        try (MessageStack stack = new MessageStack(JVM, null, settings)) {
            SearchData data = new SearchData(stack.postgres());
            effort.progress("making " + messages + " messages");
            data.messages(messages, MOST_ROOMS, stack.people(1).get(0).id());
            effort.progress("indexing them");
            double indexed = indexed(data);
            List<Person> people = stack.people(ROOMS.size());
            for (int i = 0; i < people.size(); i++) {
                data.member(people.get(i).id(), ROOMS.get(i));
            }
            effort.progress("indexing them for the full-text search of PostgreSQL");
            long start = System.nanoTime();
            data.fullText();
            double fullText = (System.nanoTime() - start) / 1e9;

            Report report = report(messages);
            for (Query query : QUERIES) {
                for (int i = 0; i < people.size(); i++) {
                    effort.progress(query.typed() + " in " + ROOMS.get(i) + " rooms");
                    row(report, effort, stack, data, people.get(i), ROOMS.get(i), query);
                }
            }
            report.line("");
            return report.line(
                    "Index rebuild: %,.0f messages/s by the service without pauses, %,d MB of table and indexes; %,.0f"
                            + " messages/s by one statement for the full-text search of PostgreSQL, %,d MB. The"
                            + " messages take %,d MB.",
                    messages / indexed,
                    data.megabytes("search_entries"),
                    messages / fullText,
                    data.megabytes("full_text"),
                    data.megabytes("messages"));
        }
    }

    /** Waits until all messages are indexed and returns the time in seconds. */
    private static double indexed(SearchData data) {
        long start = System.nanoTime();
        while (data.roomsToIndex() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        data.vacuum();
        return seconds;
    }

    private static Report report(int messages) {
        Report report = new Report("search");
        report.line(
                "One user after another searches for the 50 newest messages with a word, in %,d rooms with %,d messages"
                        + " of one year; the users are members of the first 10, the first 1,000 and all rooms. Times"
                        + " are over HTTP, from the request to the response with its messages. The full-text search of"
                        + " PostgreSQL is the earlier implementation of Heliograph (the id of the room is a lexeme of"
                        + " the index, and one query looks for the word and any of the rooms), measured without service"
                        + " and HTTP. Searches over %d s were aborted.",
                MOST_ROOMS, messages, LIMIT_SECONDS);
        report.line("");
        report.line("Service: `java %s`. Processes are not pinned.", String.join(" ", JVM));
        return report.table("search for", "rooms", "ms", "ms, full-text search of PostgreSQL");
    }

    private static void row(
            Report report, Effort effort, MessageStack stack, SearchData data, Person person, int rooms, Query query) {
        List<Double> times = new ArrayList<>();
        List<Double> fullText = new ArrayList<>();
        search(stack, person, query);
        for (int round = 0; round < 5 * effort.rounds(); round++) {
            times.add(search(stack, person, query));
        }
        for (int round = 0; round < effort.rounds(); round++) {
            fullText.add(data.fullTextMillis(person.id(), query.fullText(), LIMIT_SECONDS));
        }
        Spread others = Spread.of(fullText);
        report.row(List.of(
                query.what(),
                String.format("%,d", rooms),
                Spread.of(times).text("%.1f"),
                others.lowest() >= LIMIT_SECONDS * 1e3 ? "more than " + LIMIT_SECONDS + " s" : others.text("%.1f")));
    }

    private static double search(MessageStack stack, Person person, Query query) {
        long start = System.nanoTime();
        String answer = stack.replica()
                .ask("GET", "/api/messages/search?q=" + query.typed(), person.token(), "")
                .body();
        double millis = (System.nanoTime() - start) / 1e6;
        if (query.found() && !answer.contains("\"content\"")) {
            throw new IllegalStateException("nothing found for " + query.typed() + ": " + answer);
        }
        return millis;
    }
}
