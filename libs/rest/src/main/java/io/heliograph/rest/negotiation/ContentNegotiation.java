package io.heliograph.rest.negotiation;

import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * Checks for every call, before its body is read and before it has any effect, that the body has a type that the call
 * reads (415) and that the client accepts a type that the call returns (406). Both are JSON unless the method has
 * {@code @Consumes} or {@code @Produces}. By default Quarkus decides when it writes the response, after the change was
 * stored, and accepts types that are only similar.
 */
final class ContentNegotiation {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON_TYPE);
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final String IDENTITY = "identity";

    @ServerRequestFilter
    public void negotiate() {
        ResteasyReactiveRequestContext context = CurrentRequestManager.get();
        RuntimeResource resource = context.getTarget();
        HttpServerRequest request = context.unwrap(RoutingContext.class).request();
        if (METHODS_WITH_BODY.contains(context.getMethod())) {
            checkBody(request, resource.getConsumes());
        }
        List<MediaType> produced = resource.getProduces() == null
                ? JSON
                : List.of(resource.getProduces().getSortedOriginalMediaTypes());
        context.setResponseContentType(accepted(request.headers().getAll(HttpHeaders.ACCEPT), produced));
    }

    private static MediaType accepted(List<String> accept, List<MediaType> produced) {
        AcceptHeader header = AcceptHeader.parse(accept);
        return produced.stream()
                .filter(type -> header.quality(type) > 0)
                .max(Comparator.comparingDouble(header::quality))
                .orElseThrow(() -> ProblemException.of(
                        Status.NOT_ACCEPTABLE, "not_acceptable", "None of the accepted types can be produced."));
    }

    private static void checkBody(HttpServerRequest request, List<MediaType> consumed) {
        MultiMap headers = request.headers();
        boolean json = consumed.isEmpty() || consumed.stream().anyMatch(MediaType::isWildcardType);
        if (hasBody(headers)) {
            requireReadable(headers, json ? JSON : consumed);
        }
        if (json) {
            // The reader of JSON is found by it. Without a body clients send any type or none.
            headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }

    private static boolean hasBody(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length == null ? headers.contains("Transfer-Encoding") : !length.equals("0");
    }

    private static void requireReadable(MultiMap headers, List<MediaType> consumed) {
        List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
        MediaType type = types.size() == 1 ? parsed(types.get(0)) : null;
        boolean readable = type != null
                && consumed.stream().anyMatch(candidate -> isSame(candidate, type))
                && headers.getAll(HttpHeaders.CONTENT_ENCODING).stream().allMatch(IDENTITY::equalsIgnoreCase);
        if (!readable) {
            throw ProblemException.of(
                    Status.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "A body of this type is not read here.");
        }
    }

    /** Without regard to parameters: JSON has none, and is UTF-8 whatever a charset says (RFC 8259, 11). */
    private static boolean isSame(MediaType consumed, MediaType type) {
        return !type.isWildcardType() && !type.isWildcardSubtype() && consumed.isCompatible(type);
    }

    /** Null if it is no media type. */
    private static MediaType parsed(String type) {
        try {
            return MediaType.valueOf(type);
        } catch (IllegalArgumentException noType) {
            return null;
        }
    }
}
