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
 * Whoever is asked for accounts over HTTP.
 *
 * @param path what the id is added to
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
            readers.add(
                    new Reader("FastAPI, no check of the token", fastApi.address(), fastApi.usage(), "/open/users/"));
        }
        return readers;
    }

    boolean isOurs() {
        return name.equals("user-service");
    }

    /** The same at each run: people at random, asked for by some of them in turn. */
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
