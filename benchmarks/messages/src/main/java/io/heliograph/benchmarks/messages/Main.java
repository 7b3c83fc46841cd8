package io.heliograph.benchmarks.messages;

import io.heliograph.benchmarks.harness.Benchmark;
import io.heliograph.benchmarks.messages.scenario.CatchUp;
import io.heliograph.benchmarks.messages.scenario.DurableSend;
import io.heliograph.benchmarks.messages.scenario.Export;
import io.heliograph.benchmarks.messages.scenario.IdleSockets;
import io.heliograph.benchmarks.messages.scenario.Import;
import io.heliograph.benchmarks.messages.scenario.RoomFanOut;
import io.heliograph.benchmarks.messages.scenario.Search;
import io.heliograph.benchmarks.messages.scenario.Storm;
import io.heliograph.benchmarks.messages.scenario.Webhooks;
import java.util.List;

/** The benchmarks of message-service. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Benchmark.run(
                List.of(
                        new DurableSend(),
                        new RoomFanOut(),
                        new IdleSockets(),
                        new Storm(),
                        new CatchUp(),
                        new Search(),
                        new Import(),
                        new Export(),
                        new Webhooks()),
                args);
    }
}
