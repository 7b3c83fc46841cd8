package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.LocalTarget;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Local;
import io.heliograph.gateway.routing.Target.Here;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Has what the gateway serves itself answered by the part of it that does. */
@Singleton
final class Served implements Step {

    private final Map<Local, LocalTarget> targets = new EnumMap<>(Local.class);

    Served(@All List<LocalTarget> targets) {
        targets.forEach(target -> this.targets.put(target.local(), target));
    }

    @Override
    public void take(Exchange exchange) {
        if (!(exchange.route().target() instanceof Here here)) {
            exchange.proceed();
            return;
        }
        LocalTarget target = targets.get(here.local());
        if (target == null) {
            exchange.refuse(Problem.NOT_FOUND);
        } else {
            target.answer(exchange);
        }
    }
}
