package io.heliograph.gateway.routing;

import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of methods, of those that the gateway supports. */
public final class AllowedMethods {

    private static final List<HttpMethod> KNOWN = List.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    public static final AllowedMethods ALL = new AllowedMethods(KNOWN);

    private final Set<HttpMethod> allowed;
    private final String allow;

    private AllowedMethods(Collection<HttpMethod> served) {
        this.allowed = Set.copyOf(served);
        this.allow =
                KNOWN.stream().filter(served::contains).map(HttpMethod::name).collect(Collectors.joining(", "));
    }

    /** These methods; {@code GET} includes {@code HEAD}. */
    public static AllowedMethods of(Collection<HttpMethod> methods) {
        Set<HttpMethod> served = new LinkedHashSet<>(methods);
        if (served.contains(HttpMethod.GET)) {
            served.add(HttpMethod.HEAD);
        }
        return new AllowedMethods(served);
    }

    static HttpMethod parse(String name) {
        return KNOWN.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is not one of " + ALL));
    }

    /** The method as the label of a metric, with one label for all unknown methods. */
    public static String label(HttpMethod method) {
        return ALL.allows(method) ? method.name() : "OTHER";
    }

    public boolean allows(HttpMethod method) {
        return allowed.contains(method);
    }

    /** The value of the header {@code Allow}. */
    @Override
    public String toString() {
        return allow;
    }
}
