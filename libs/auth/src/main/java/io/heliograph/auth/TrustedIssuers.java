package io.heliograph.auth;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuers whose tokens are accepted, by {@code iss}. An invalid configuration stops the start with a message that
 * names the setting.
 */
@Singleton
public final class TrustedIssuers {

    /** A larger difference means that a clock is not maintained at all. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final Map<String, TrustedIssuer> issuers = new HashMap<>();
    private final List<JwksCache> fetched = new ArrayList<>();
    private final HttpClient client;

    @Inject
    TrustedIssuers(Vertx vertx, TokenConfig config, Instance<LocalIssuer> local, KeyFetchListener listener) {
        this(vertx, config, local.stream().findAny(), listener);
    }

    TrustedIssuers(Vertx vertx, TokenConfig config, Optional<LocalIssuer> local, KeyFetchListener listener) {
        Duration skew = config.clockSkew();
        if (skew.isNegative() || skew.compareTo(MAX_CLOCK_SKEW) > 0) {
            throw new IllegalArgumentException("heliograph.tokens.clock-skew: must be from 0 to 5 minutes");
        }
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.fetchTimeout().toMillis())
                .setKeepAlive(false));
        local.ifPresent(keys -> add(Issuer.local(config), new LocalKeys(keys), skew));
        for (Issuer issuer : local.isPresent() ? Issuer.others(config) : Issuer.all(config)) {
            JwksCache keys =
                    new JwksCache(vertx, new JwksClient(client, issuer, config.fetchTimeout()), config, listener);
            fetched.add(keys);
            add(issuer, keys, skew);
        }
    }

    private void add(Issuer issuer, IssuerKeys keys, Duration skew) {
        if (issuers.put(issuer.id(), new TrustedIssuer(issuer, keys, skew)) != null) {
            throw new IllegalArgumentException("heliograph.tokens.issuers: two have the issuer " + issuer.id());
        }
    }

    void start(@Observes StartupEvent event) {
        fetched.forEach(JwksCache::start);
    }

    void stop(@Observes ShutdownEvent event) {
        fetched.forEach(JwksCache::stop);
        client.close();
    }

    /** Null if there is none of this name, which may be null. */
    TrustedIssuer of(String issuer) {
        return issuers.get(issuer);
    }
}
