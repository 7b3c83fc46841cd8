package io.heliograph.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Tokens of a sign-in, kept in the storage, where other clients may renew them too. */
final class StoredTokens implements TokenSource {

    /** The server repeats a lost response for 30 s: enough for three attempts. */
    private static final Duration REFRESH_ATTEMPT = Duration.ofSeconds(8);

    private final ClientContext context;
    private final Http http;
    private final ClientStorage storage;
    private final String key;

    /** The stored form: {@code at} is a time of the wall clock, the only shared one. Both times are milliseconds. */
    private record Stored(String accessToken, String refreshToken, long at, long life) {}

    StoredTokens(ClientContext context, Http http, ClientStorage storage, String key) {
        this.context = context;
        this.http = http;
        this.storage = storage;
        this.key = key;
    }

    CompletableFuture<Tokens> signIn(String login, String password) {
        ApiCall call = ApiCall.post("/api/auth/login", Map.of("login", login, "password", password));
        return http.call(call.repeatable(), Authorization.NONE).thenApply(this::store);
    }

    /** Ends the session of this token on the server. */
    CompletableFuture<Void> signOut(String refreshToken) {
        ApiCall call = ApiCall.post("/api/auth/logout", Map.of("refreshToken", refreshToken));
        return http.call(call.repeatable(), Authorization.NONE).thenApply(nothing -> null);
    }

    /** Reads the storage right before the request, so that no token is sent that another client has spent. */
    @Override
    public CompletableFuture<Tokens> another(Account account, String spent) {
        Tokens stored = read().orElse(null);
        if (stored == null || (account != null && !stored.account().id().equals(account.id()))) {
            return CompletableFuture.failedFuture(HeliographException.signedOut());
        }
        if (!stored.accessToken().equals(spent) && context.now() < stored.renewAt()) {
            return CompletableFuture.completedFuture(stored);
        }
        ApiCall call = ApiCall.post("/api/auth/refresh", Map.of("refreshToken", stored.refreshToken()))
                .withAttemptTimeout(REFRESH_ATTEMPT)
                .withPatience(Duration.ZERO);
        return http.call(call, Authorization.NONE)
                .thenApply(this::storeUnlessSignedOut)
                .exceptionally(failure -> {
                    throw new CompletionException(judge(stored, HeliographException.unwrap(failure)));
                });
    }

    @Override
    public boolean mayHave() {
        return storage.get(key).isPresent();
    }

    @Override
    public boolean isLifeUnknown() {
        return false;
    }

    @Override
    public void forget(Account account) {
        if (read().map(stored -> stored.account().id().equals(account.id())).orElse(true)) {
            storage.remove(key);
        }
    }

    private Tokens storeUnlessSignedOut(JsonNode pair) {
        if (storage.get(key).isEmpty()) {
            throw HeliographException.signedOut();
        }
        return store(pair);
    }

    /** A rejection is transient if another client has renewed the token meanwhile. */
    private Throwable judge(Tokens used, Throwable failure) {
        boolean isRenewed = read().map(stored -> !stored.refreshToken().equals(used.refreshToken()))
                .orElse(false);
        return HeliographException.isTransient(failure) || isRenewed
                ? HeliographException.unreachable("The token could not be renewed yet.", failure)
                : failure;
    }

    private Tokens store(JsonNode pair) {
        String accessToken = pair.path("accessToken").asText();
        String refreshToken = pair.path("refreshToken").asText();
        long life = pair.path("expiresIn").asLong() * 1_000;
        storage.put(key, Json.write(new Stored(accessToken, refreshToken, context.wallMillis(), life)));
        return Tokens.fresh(accessToken, refreshToken, life, context.now());
    }

    /** If the clock was set back since the tokens were stored, they count as expired. */
    private Optional<Tokens> read() {
        return storage.get(key).map(StoredTokens::parse).map(stored -> {
            long age = context.wallMillis() - stored.at();
            long left = age >= 0 ? stored.life() - age : 0;
            return Tokens.aged(stored.accessToken(), stored.refreshToken(), stored.life(), left, context.now());
        });
    }

    private static Stored parse(String json) {
        try {
            Stored stored = Json.MAPPER.readValue(json, Stored.class);
            return stored.accessToken() == null || stored.refreshToken() == null ? null : stored;
        } catch (JsonProcessingException notOurs) {
            return null;
        }
    }
}
