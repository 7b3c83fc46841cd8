package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.exchange.ExchangeMetrics;
import io.heliograph.gateway.exchange.Passage;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.exchange.Witness;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Puts the steps in a row. */
final class Passages {

    @Produces
    @Singleton
    static Passage passage(
            Arrival arrival,
            Admission admission,
            Answering answering,
            ExchangeMetrics metrics,
            @All List<Witness> witnesses) {
        List<Step> steps = Stream.of(arrival.steps(), admission.steps(), answering.steps())
                .flatMap(List::stream)
                .toList();
        return new Passage(steps, metrics, List.copyOf(witnesses));
    }
}
