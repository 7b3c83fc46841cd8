package io.heliograph.client;

import java.util.concurrent.CompletableFuture;

/** The source of the tokens of calls. */
interface Authorization {

    /** For calls without a user. */
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

    /** A token that is valid as far as is known; null for a call without a user. */
    CompletableFuture<String> token();

    /** Ensures that the token is another than this one, which was rejected. */
    CompletableFuture<Void> renew(String spent);
}
