package io.heliograph.message.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryBatcherTest {

    private record Query(List<Integer> questions, Promise<List<String>> answers) {}

    private final List<Query> queries = new ArrayList<>();
    private final QueryBatcher<Integer, String> gathered = new QueryBatcher<>(3, 5, questions -> {
        Query query = new Query(questions, Promise.promise());
        queries.add(query);
        return query.answers().future();
    });

    @Test
    void shouldQueryTheFirstAtOnceAndBatchTheOthersMeanwhile() {
        List<Future<String>> answers = ask(1, 4);
        assertThat(queries).extracting(Query::questions).containsExactly(List.of(1));

        answer(0);

        assertThat(queries).extracting(Query::questions).containsExactly(List.of(1), List.of(2, 3, 4));
        assertThat(answers.get(0).result()).isEqualTo("answer to 1");
        answer(1);
        assertThat(answers.get(3).result()).isEqualTo("answer to 4");
        assertThat(ask(9, 9).get(0).isComplete()).isFalse();
        assertThat(queries).hasSize(3);
    }

    @Test
    void shouldFailOnlyTheRequestsOfAFailedQuery() {
        List<Future<String>> answers = ask(1, 2);
        queries.get(0).answers().fail("broken");
        answer(1);
        assertThat(answers.get(0).failed()).isTrue();
        assertThat(answers.get(1).succeeded()).isTrue();
    }

    @Test
    void shouldContinueAfterAQueryThatThrows() {
        QueryBatcher<Integer, String> batcher = new QueryBatcher<>(3, 5, questions -> {
            if (questions.contains(1)) {
                throw new IllegalStateException("no pool");
            }
            return Future.succeededFuture(List.of("answer"));
        });

        assertThat(batcher.ask(1).cause()).hasMessage("no pool");
        assertThat(batcher.isIdle()).isTrue();
        assertThat(batcher.ask(2).result()).isEqualTo("answer");
    }

    @Test
    void shouldBeIdleWhileNothingIsAsked() {
        assertThat(gathered.isIdle()).isTrue();
        ask(1, 2);
        assertThat(gathered.isIdle()).isFalse();
        answer(0);
        assertThat(gathered.isIdle()).isFalse();
        answer(1);
        assertThat(gathered.isIdle()).isTrue();
    }

    @Test
    void shouldBoundTheBatchAndTheQueue() {
        List<Future<String>> answers = ask(1, 7);
        assertThat(answers.get(6).failed()).isTrue();
        answer(0);
        answer(1);
        answer(2);
        assertThat(queries).extracting(query -> query.questions().size()).containsExactly(1, 3, 2);
        assertThat(answers.subList(0, 6)).allMatch(Future::succeeded);
    }

    private List<Future<String>> ask(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(gathered::ask).toList();
    }

    private void answer(int query) {
        Query asked = queries.get(query);
        asked.answers()
                .complete(asked.questions().stream()
                        .map(each -> "answer to " + each)
                        .toList());
    }
}
