package io.heliograph.benchmarks.messages.scenario;

/** How messages are stored, by how many clients at once. */
record Way(Kind kind, int clients) {

    enum Kind {
        SOCKETS("WebSocket"),
        REST("REST"),
        PACED_SOCKETS("WebSocket"),
        PACED_REST("REST"),
        ONE_EACH("pgbench, a transaction per message"),
        BATCH_EACH("pgbench, a transaction per 100 messages"),
        COPY("`COPY`, a transaction per 10,000 messages"),
        UNORDERED("pgbench, inserts one by one"),
        UNORDERED_BATCH("pgbench, batches of 100 inserts in a transaction");

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
