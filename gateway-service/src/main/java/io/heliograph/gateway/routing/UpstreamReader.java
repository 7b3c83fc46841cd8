package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteConfig.UpstreamConfig;
import io.heliograph.gateway.upstream.Upstreams.UpstreamAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the addresses of upstreams. */
final class UpstreamReader {

    private static final int LARGEST_PORT = 65_535;

    private UpstreamReader() {}

    /** By name, in the order of the configuration. */
    static Map<String, UpstreamAddresses> read(Map<String, UpstreamConfig> upstreams) {
        Map<String, UpstreamAddresses> origins = new LinkedHashMap<>();
        upstreams.forEach((name, upstream) -> origins.put(name, origin(ConfigKey.of("upstreams", name), upstream)));
        return origins;
    }

    private static UpstreamAddresses origin(ConfigKey key, UpstreamConfig upstream) {
        boolean found = upstream.dns().isPresent();
        if (upstream.urls().isPresent() == found) {
            throw key.invalid("needs either urls or dns");
        }
        Optional<List<String>> given = found ? upstream.dns().map(List::of) : upstream.urls();
        Set<URI> urls = key.at(found ? "dns" : "urls").parse(given, UpstreamReader::url);
        return new UpstreamAddresses(List.copyOf(urls), found);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            // Anything else that an address may hold would be left out, so it must not be there.
            URI plain = new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean root = url.getPath().isEmpty() || "/".equals(url.getPath());
            if (http && root && url.getHost() != null && url.getPort() <= LARGEST_PORT && url.equals(plain)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        // Not the text itself, which may hold a password.
        throw new IllegalArgumentException("an address is of the form http://host:port, without path, query or user");
    }
}
