package io.heliograph.openapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/** What an operation has unless its annotations say otherwise: its tag, words about well-known parameters. */
final class OperationDefaults {

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("limit", "How many items a page has at most"),
            Map.entry("after", "The `next` of the page before; without it the first page is returned"),
            Map.entry("room", "The id of a room"),
            Map.entry("user", "The id of a user"),
            Map.entry("job", "The id of a job"),
            Map.entry("seq", "The place of a message in its room"),
            Map.entry("emoji", "One emoji of Unicode, percent-encoded"),
            Map.entry(
                    "If-Match", "Entity tags as they came in `ETag`: the change is made to one of these versions only"),
            Map.entry("If-None-Match", "Entity tags as they came in `ETag`: `304` if one of them is still valid"),
            Map.entry(
                    "Idempotency-Key",
                    "A request that is repeated with the same key takes effect once and gets the same answer"));

    /** By their security scheme, their jar of cookies or on their own: no arguments of a call. */
    private static final Set<String> SET_BY_CLIENTS = Set.of("Authorization", "User-Agent");

    private OperationDefaults() {}

    static void complete(String path, Operation operation) {
        if (operation.getTags() == null || operation.getTags().isEmpty()) {
            operation.setTags(List.of(tag(path)));
        }
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .filter(parameter ->
                            parameter.getIn() != In.COOKIE && !SET_BY_CLIENTS.contains(parameter.getName()))
                    .toList());
            operation.getParameters().forEach(OperationDefaults::describe);
        }
    }

    private static void describe(Parameter parameter) {
        if (parameter.getDescription() == null) {
            String known = PARAMETERS.get(parameter.getName());
            parameter.setDescription(known == null && parameter.getIn() == In.PATH ? "An id" : known);
        }
    }

    /** The first segment below {@code /api}, by which the gateway routes too. */
    private static String tag(String path) {
        String[] segments = path.split("/", -1);
        return segments.length > 2 && segments[1].equals("api") ? segments[2] : "auth";
    }
}
