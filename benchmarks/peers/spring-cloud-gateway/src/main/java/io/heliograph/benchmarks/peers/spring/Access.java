package io.heliograph.benchmarks.peers.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/**
 * Security of the routes under {@code /api} that are not public. Public routes pass no security filter, which is their
 * minimum cost.
 */
@Configuration
class Access {

    @Bean
    SecurityWebFilterChain withToken(ServerHttpSecurity http) {
        return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/{service:rooms|previews}/**"))
                .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                // A token is sent explicitly, unlike a cookie, so cross-site request forgery is not possible.
                .csrf(CsrfSpec::disable)
                .build();
    }
}
