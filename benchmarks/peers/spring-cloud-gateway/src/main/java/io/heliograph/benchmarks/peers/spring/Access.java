package io.heliograph.benchmarks.peers.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/**
 * Of everything under {@code /api} that is not open. What is open passes no filter of security at all, which is the
 * least that it can cost.
 */
@Configuration
class Access {

    @Bean
    SecurityWebFilterChain withToken(ServerHttpSecurity http) {
        return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/{service:rooms|previews}/**"))
                .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                // A token is sent on purpose, where a cookie is sent by itself: there is nothing to forge.
                .csrf(CsrfSpec::disable)
                .build();
    }
}
