package io.heliograph.message.cache;

import io.heliograph.message.problem.Refusal;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Answers that caches may keep and have to ask us about each time they use them. The question carries the token of
 * whoever wants the answer, so a cache shows nobody what we would not.
 */
public final class Revalidation {

    private Revalidation() {}

    /** The same for everyone who may have it at all: a cache that serves many may keep it once for all of them. */
    public static <T> RestResponse<T> ofEveryone(Request request, EntityTag tag, T answer) {
        return of(request, tag, "public, no-cache", answer);
    }

    /** For this caller only. */
    public static <T> RestResponse<T> ofCaller(Request request, EntityTag tag, T answer) {
        return of(request, tag, CacheDefault.PRIVATE, answer);
    }

    /** The tag of an answer that is the same whenever these parts are. */
    public static EntityTag tag(Stream<?> parts) {
        MessageDigest digest = sha256();
        parts.forEach(part -> {
            digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        });
        return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }

    private static <T> RestResponse<T> of(Request request, EntityTag tag, String cacheControl, T answer) {
        Response.ResponseBuilder instead = request.evaluatePreconditions(tag);
        ResponseBuilder<T> builder = instead == null ? ResponseBuilder.ok(answer) : notModified(instead.build());
        return builder.tag(tag).header(HttpHeaders.CACHE_CONTROL, cacheControl).build();
    }

    private static <T> ResponseBuilder<T> notModified(Response instead) {
        if (instead.getStatus() == Status.PRECONDITION_FAILED.getStatusCode()) {
            throw preconditionFailed();
        }
        return ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED);
    }

    /** What was to be read or changed is no longer what the caller has seen. */
    public static Refusal preconditionFailed() {
        return Refusal.of(
                Status.PRECONDITION_FAILED, "precondition_failed", "It has been changed since; read it again.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
