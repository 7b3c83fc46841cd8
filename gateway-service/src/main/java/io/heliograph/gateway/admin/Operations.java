package io.heliograph.gateway.admin;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.LocalTarget;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Call;
import io.heliograph.gateway.routing.Local;
import io.heliograph.gateway.routing.Methods;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the operation that is called. */
@Singleton
final class Operations implements LocalTarget {

    private final Map<Call, Operation> operations = new HashMap<>();

    Operations(@All List<Operation> operations) {
        operations.forEach(operation -> this.operations.put(operation.call(), operation));
    }

    @Override
    public Local local() {
        return Local.OPS;
    }

    @Override
    public void answer(Exchange exchange) {
        HttpMethod method = HttpMethod.HEAD.equals(exchange.method()) ? HttpMethod.GET : exchange.method();
        Operation operation = operations.get(new Call(method, exchange.path()));
        if (operation != null) {
            operation.run(exchange);
            return;
        }
        List<HttpMethod> others = operations.keySet().stream()
                .filter(call -> call.path().equals(exchange.path()))
                .map(Call::method)
                .toList();
        if (others.isEmpty()) {
            exchange.refuse(Problem.NOT_FOUND);
        } else {
            exchange.refuseMethod(Methods.of(others).toString());
        }
    }
}
