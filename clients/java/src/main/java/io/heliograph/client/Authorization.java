package io.heliograph.client;

import java.util.concurrent.CompletableFuture;

/** Where calls get their tokens. */
interface Authorization {

    /** For calls of nobody. */
    Authorization NONE = new Authorization() {
        @Override
        public CompletableFuture<String> token() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> renew(String spent) {
            return CompletableFuture.failedFuture(HeliographException.signedOut());
        }
    };

    /** A token that is good now, as far as is known; null for a call of nobody. */
    CompletableFuture<String> token();

    /** Sees to it that the token is another than this one, which was refused. */
    CompletableFuture<Void> renew(String spent);
}
