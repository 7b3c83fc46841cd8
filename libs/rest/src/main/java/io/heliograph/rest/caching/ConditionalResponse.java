package io.heliograph.rest.caching;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/**
 * Responses that caches may store and have to revalidate at each use: {@code 304} if the caller's {@code If-None-Match}
 * has the current entity tag. A revalidation has the caller's token, so that a cache returns a response only to callers
 * that may get it from the service.
 */
public final class ConditionalResponse {

    private ConditionalResponse() {}

    /** A response that is the same for all callers who may read it; a shared cache may keep it for all of them. */
    public static <T> RestResponse<T> ofAll(String ifNoneMatch, EntityTag tag, T answer) {
        return of(ifNoneMatch, tag, "public, no-cache", answer);
    }

    /** A response for this caller only. */
    public static <T> RestResponse<T> ofCaller(String ifNoneMatch, EntityTag tag, T answer) {
        return of(ifNoneMatch, tag, CacheControlFilter.PRIVATE, answer);
    }

    /** An entity tag that is the same whenever these parts are the same. */
    public static EntityTag tag(Stream<?> parts) {
        MessageDigest digest = sha256();
        parts.forEach(part -> {
            digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        });
        return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }

    private static <T> RestResponse<T> of(String ifNoneMatch, EntityTag tag, String cacheControl, T answer) {
        ResponseBuilder<T> builder = EntityTags.ifNoneMatch(ifNoneMatch).nameWeakly(tag)
                ? ResponseBuilder.create(Status.NOT_MODIFIED)
                : ResponseBuilder.ok(answer);
        return builder.tag(tag).header(HttpHeaders.CACHE_CONTROL, cacheControl).build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
