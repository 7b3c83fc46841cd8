package io.heliograph.testsupport.openapi;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Fails a test on an exchange over REST Assured that the description of the service does not allow. */
final class ContractFilter implements Filter {

    /** Null until the first exchange; a start of another configuration loads this class anew. */
    private Optional<ApiContract> contract;

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        URI uri = URI.create(request.getURI());
        boolean checked = uri.getPort() == RestAssured.port && isOfTheApi(uri.getRawPath());
        // Read first: the request may be the one that stops the service.
        Optional<ApiContract> known = checked ? contract(uri) : Optional.empty();
        Response response = context.next(request, expected);
        known.ifPresent(each -> each.check(exchange(request, uri, response)));
        return response;
    }

    private synchronized Optional<ApiContract> contract(URI uri) {
        if (contract == null) {
            contract = ServiceContract.read(uri.resolve("/"));
        }
        return contract;
    }

    private static boolean isOfTheApi(String path) {
        // The socket is described by AsyncAPI.
        return (path.startsWith("/api/") && !path.equals("/api/ws")) || path.startsWith("/.well-known/");
    }

    private static Exchange exchange(FilterableRequestSpecification request, URI uri, Response response) {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return new Exchange(
                request.getMethod(),
                uri.getRawPath(),
                query(uri.getRawQuery()),
                body(request),
                response.statusCode(),
                headers,
                response.asString());
    }

    private static String body(FilterableRequestSpecification request) {
        if (request.getBody() instanceof String text) {
            return text;
        }
        boolean none = request.getBody() == null
                && request.getMultiPartParams().isEmpty()
                && request.getFormParams().isEmpty();
        return none ? null : "";
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String parameter : raw.split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                query.putIfAbsent(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
