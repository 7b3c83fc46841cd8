package io.heliograph.message.cache;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/**
 * Answers that caches may keep and have to ask us about each time they use them. The question carries the token of
 * whoever wants the answer, so a cache shows nobody what we would not.
 */
public final class Revalidation {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private Revalidation() {}

    /** The same for everyone who may have it at all: a cache that serves many may keep it once for all of them. */
    public static <T> RestResponse<T> ofEveryone(String ifNoneMatch, EntityTag tag, T answer) {
        return of(ifNoneMatch, tag, "public, no-cache", answer);
    }

    /** For this caller only. */
    public static <T> RestResponse<T> ofCaller(String ifNoneMatch, EntityTag tag, T answer) {
        return of(ifNoneMatch, tag, CacheDefault.PRIVATE, answer);
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

    private static <T> RestResponse<T> of(String ifNoneMatch, EntityTag tag, String cacheControl, T answer) {
        ResponseBuilder<T> builder =
                names(ifNoneMatch, tag) ? ResponseBuilder.create(Status.NOT_MODIFIED) : ResponseBuilder.ok(answer);
        return builder.tag(tag).header(HttpHeaders.CACHE_CONTROL, cacheControl).build();
    }

    /** Weakly, as RFC 9110 wants it here; Quarkus knows neither lists nor weak tags. */
    private static boolean names(String ifNoneMatch, EntityTag tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.trim().equals("*")
                        || TAG.matcher(ifNoneMatch).results().anyMatch(named -> named.group(1)
                                .equals(tag.getValue())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
