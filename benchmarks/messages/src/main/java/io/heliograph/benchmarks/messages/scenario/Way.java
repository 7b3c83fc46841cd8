package io.heliograph.benchmarks.messages.scenario;

/** A way to store messages, with a number of concurrent clients. */
record Way(Kind kind, int clients) {

    enum Kind {
        SOCKETS("WebSocket"),
        REST("REST"),
        PACED_SOCKETS("WebSocket"),
        PACED_REST("REST"),
        ONE_EACH("pgbench, one transaction per message"),
        BATCH_EACH("pgbench, one transaction per 100 messages"),
        COPY("`COPY`, one transaction per 10,000 messages"),
        UNORDERED("pgbench, single inserts"),
        UNORDERED_BATCH("pgbench, batches of 100 inserts per transaction");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
