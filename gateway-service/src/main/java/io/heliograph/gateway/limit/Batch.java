package io.heliograph.gateway.limit;

import io.heliograph.gateway.limit.Demand.Charge;
import io.heliograph.gateway.route.LimitPolicy;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests that one run of {@link LimitScript} decides, in their order. */
final class Batch {

    /** What a byte can number: 2 ms of Redis, which it gives to nobody else meanwhile. */
    private static final int MAX_KEYS = 255;

    private static final int MAX_DEMANDS = 250;

    private final List<Demand> demands = new ArrayList<>();
    private final List<Charge> logs = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Buffer requests = Buffer.buffer();

    /** False if there is no more room. */
    boolean offer(Demand demand) {
        List<Charge> charges = demand.charges();
        if (demands.size() == MAX_DEMANDS || logs.size() + charges.size() > MAX_KEYS) {
            return false;
        }
        demands.add(demand);
        requests.appendByte((byte) charges.size());
        for (Charge charge : charges) {
            requests.appendByte(index(charge).byteValue());
        }
        return true;
    }

    private Integer index(Charge charge) {
        Integer known = indexes.get(charge.key());
        if (known != null) {
            return known;
        }
        logs.add(charge);
        indexes.put(charge.key(), logs.size());
        return logs.size();
    }

    List<Demand> demands() {
        return demands;
    }

    /** @param script the text of the script, or its name, as the command wants it */
    Request request(Command command, String script) {
        Request request = Request.cmd(command).arg(script).arg(logs.size());
        for (Charge log : logs) {
            request.arg(log.key());
        }
        for (Charge log : logs) {
            LimitPolicy policy = log.policy();
            request.arg(policy.rate().requests()).arg(policy.rate().windowMillis());
            request.arg(policy.shadow() ? 1 : 0);
        }
        return request.arg(requests);
    }

    /** Tells the demands what Redis answered. */
    void learn(Buffer answer) {
        int at = 0;
        for (Demand demand : demands) {
            for (int i = 0; i < demand.charges().size(); i++) {
                demand.learn(i, answer.getInt(at), answer.getInt(at + 4));
                at += 8;
            }
        }
    }
}
