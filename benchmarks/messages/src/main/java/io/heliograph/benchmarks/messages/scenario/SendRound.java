package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.process.PgBench;

/** What the contestants did one after another; without {@code pgbench} its parts are null. */
record SendRound(
        Yardstick yardstick,
        Senders.Result sockets,
        Senders.Result http,
        PgBench.Result loneCommit,
        Senders.Result loneSocket,
        Senders.Result loneHttp) {

    /** The best of {@code pgbench}, and what it cost PostgreSQL. */
    record Yardstick(int clients, PgBench.Result result, double postgresPer10k) {}
}
