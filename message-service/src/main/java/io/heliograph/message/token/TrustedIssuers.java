package io.heliograph.message.token;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All whose tokens are good here, by {@code iss}. A wrong configuration stops the start, naming the key. */
@Singleton
public final class TrustedIssuers {

    /** What is more is no clock that is off, but one that nobody looks after. */
    private static final Duration MOST_CLOCK_SKEW = Duration.ofMinutes(5);

    private final Map<String, TrustedIssuer> issuers = new HashMap<>();
    private final List<SigningKeys> keys = new ArrayList<>();
    private final HttpClient client;

    public TrustedIssuers(Vertx vertx, TokenConfig config) {
        Duration skew = config.clockSkew();
        if (skew.isNegative() || skew.compareTo(MOST_CLOCK_SKEW) > 0) {
            throw new IllegalArgumentException("heliograph.tokens.clock-skew: must be from 0 to 5 minutes");
        }
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.fetchTimeout().toMillis())
                .setKeepAlive(false));
        for (Issuer issuer : Issuer.read(config)) {
            KeySource source = new KeySource(client, issuer, config.fetchTimeout());
            SigningKeys signing = new SigningKeys(vertx, source, config);
            keys.add(signing);
            if (issuers.put(issuer.id(), new TrustedIssuer(issuer, signing, skew)) != null) {
                throw new IllegalArgumentException("heliograph.tokens.issuers: two have the issuer " + issuer.id());
            }
        }
    }

    void start(@Observes StartupEvent event) {
        keys.forEach(SigningKeys::start);
    }

    void stop(@Observes ShutdownEvent event) {
        keys.forEach(SigningKeys::stop);
        client.close();
    }

    /** Null if there is none of this name, which may be null. */
    TrustedIssuer of(String issuer) {
        return issuers.get(issuer);
    }
}
