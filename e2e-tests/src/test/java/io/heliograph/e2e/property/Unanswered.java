package io.heliograph.e2e.property;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** The ways in which a call may fail while things break: a connection that ends, or an error that asks to retry. */
final class Unanswered {

    /** Codes of errors that pass by themselves. */
    static final Set<String> COME_BACK = Set.of("store_unavailable", "overloaded", "too_many_in_flight");

    private Unanswered() {}

    /** Fails unless the connection ended; a call that hangs is never right. */
    static void check(CompletionException failure) {
        if (failure.getCause() instanceof HttpTimeoutException || failure.getCause() instanceof TimeoutException) {
            throw new AssertionError("no answer in time", failure);
        }
    }

    /** Fails unless this is the code of an error that passes. */
    static void check(String code, JsonNode response) {
        if (!COME_BACK.contains(code)) {
            throw new AssertionError("refused: " + response);
        }
    }
}
