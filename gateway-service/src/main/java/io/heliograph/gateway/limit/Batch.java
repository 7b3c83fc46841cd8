package io.heliograph.gateway.limit;

import io.heliograph.gateway.limit.Demand.Charge;
import io.heliograph.gateway.route.LimitPolicy;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests that one run of {@link LimitScript} decides, in their order. */
final class Batch {

    /** What a byte can number: 2 ms of Redis, which it gives to nobody else meanwhile. */
    private static final int MAX_KEYS = 255;

    private static final int MAX_DEMANDS = 250;

    /** The script answers two figures for each, and Lua passes no more than 8,000 at once. */
    private static final int MAX_CHARGES = 3_000;

    private final List<Demand> demands = new ArrayList<>();
    /** In the order in which the keys are sent. */
    private final Map<String, Integer> indexes = new LinkedHashMap<>();

    private final Buffer policies = Buffer.buffer();
    private final Buffer requests = Buffer.buffer();
    private int charged;

    /** False if there is no more room. */
    boolean offer(Demand demand) {
        List<Charge> charges = demand.charges();
        if (demands.size() == MAX_DEMANDS
                || indexes.size() + charges.size() > MAX_KEYS
                || charged + charges.size() > MAX_CHARGES) {
            return false;
        }
        demands.add(demand);
        charged += charges.size();
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
        LimitPolicy policy = charge.policy();
        // A window is of a day at most.
        policies.appendInt(policy.rate().requests())
                .appendInt((int) policy.rate().windowMillis());
        policies.appendByte((byte) (policy.shadow() ? 1 : 0));
        indexes.put(charge.key(), indexes.size() + 1);
        return indexes.size();
    }

    List<Demand> demands() {
        return demands;
    }

    /** @param script the text of the script, or its name, as the command wants it */
    Request request(Command command, String script) {
        Request request = Request.cmd(command).arg(script).arg(indexes.size());
        for (String key : indexes.keySet()) {
            request.arg(key);
        }
        return request.arg(policies).arg(requests);
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
