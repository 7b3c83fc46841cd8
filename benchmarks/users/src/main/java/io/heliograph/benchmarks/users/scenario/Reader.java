package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.PeerProcess;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A server that returns accounts over HTTP.
 *
 * @param path the path before the id
 */
record Reader(String name, InetSocketAddress server, Usage usage, String path) {

    static final int CALLERS = 100;
    private static final int CALLS = 10_000;

    static List<Reader> all(UserStack stack, PeerProcess fastApi) {
        List<Reader> readers = new ArrayList<>();
        readers.add(new Reader(
                "user-service", stack.service().address(), stack.service().usage(), "/api/users/"));
        if (fastApi != null) {
            readers.add(new Reader("FastAPI", fastApi.address(), fastApi.usage(), "/api/users/"));
            readers.add(new Reader(
                    "FastAPI without token verification", fastApi.address(), fastApi.usage(), "/open/users/"));
        }
        return readers;
    }

    boolean isOurs() {
        return name.equals("user-service");
    }

    /** The same calls in each run: random users, requested with the tokens of the callers in turn. */
    List<Wrk.Call> calls(UserStack stack) {
        List<String> tokens = tokens(stack);
        return new Random(1)
                .ints(CALLS, 0, UserStack.PEOPLE)
                .mapToObj(stack::id)
                .map(id -> new Wrk.Call(path + id, tokens.get(Math.floorMod(id.hashCode(), CALLERS))))
                .toList();
    }

    private static List<String> tokens(UserStack stack) {
        return IntStream.range(0, CALLERS).mapToObj(stack::token).toList();
    }
}
