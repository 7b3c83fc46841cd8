package io.heliograph.openapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/**
 * The problems that follow from the kind of an operation: whether it needs a token, has parameters, takes a body or a
 * precondition. Each is a component of the document; where an operation names codes of its own for the status, the
 * common ones are added to them.
 */
final class CommonResponses {

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    /** What Quarkus says of operations that need a token or take a body. */
    private static final Set<String> GENERATED = Set.of("Not Authorized", "Not Allowed", "Bad Request");

    private record CommonResponse(int status, String name, List<String> codes) {}

    private static final Map<Integer, CommonResponse> COMMON = new TreeMap<>();

    static {
        define(400, "BadRequest", "invalid_request", "invalid_json");
        define(401, "Unauthorized", "unauthenticated", "invalid_token", "token_revoked");
        define(403, "Forbidden", "forbidden");
        define(404, "NotFound", "not_found");
        define(406, "NotAcceptable", "not_acceptable");
        define(412, "PreconditionFailed", "precondition_failed");
        define(413, "ContentTooLarge", "body_too_large");
        define(414, "UriTooLong", "uri_too_long");
        define(415, "UnsupportedMediaType", "unsupported_media_type");
        define(500, "InternalError", "internal_error");
        // The last: message-service requests the name of a user of another issuer from user-service.
        define(
                503,
                "Unavailable",
                "store_unavailable",
                "overloaded",
                "keys_unavailable",
                "draining",
                "users_unavailable");
    }

    private CommonResponses() {}

    private static void define(int status, String name, String... codes) {
        COMMON.put(status, new CommonResponse(status, name, List.of(codes)));
    }

    /** The problem document, and each common response. */
    static void define(OpenAPI document) {
        document.getComponents().addSchema(ProblemSchema.NAME, ProblemSchema.schema());
        document.getComponents().addSchema("FieldError", ProblemSchema.fieldError());
        COMMON.values().forEach(common -> {
            APIResponse response = OASFactory.createAPIResponse();
            ProblemSchema.describe(response, common.status(), common.codes());
            document.getComponents().addResponse(common.name(), response);
        });
    }

    static void complete(HttpMethod method, Operation operation) {
        boolean secured =
                operation.getSecurity() != null && !operation.getSecurity().isEmpty();
        boolean takesBody = operation.getRequestBody() != null;
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        APIResponses responses = operation.getResponses();
        List.copyOf(responses.getAPIResponses().entrySet()).stream()
                .filter(response -> GENERATED.contains(response.getValue().getDescription()))
                .forEach(response -> responses.removeAPIResponse(response.getKey()));
        List.of(406, 414, 500, 503).forEach(status -> add(responses, status));
        add(responses, 401, secured);
        // Roles are the scopes of the requirement.
        add(responses, 403, secured && operation.getSecurity().stream().anyMatch(CommonResponses::needsRole));
        add(responses, 400, takesBody || !parameters.isEmpty());
        add(responses, 404, parameters.stream().anyMatch(parameter -> parameter.getIn() == In.PATH));
        add(responses, 412, parameters.stream().anyMatch(parameter -> "If-Match".equals(parameter.getName())));
        add(responses, 413, WITH_BODY.contains(method));
        add(responses, 415, WITH_BODY.contains(method));
        describe(responses);
    }

    private static boolean needsRole(SecurityRequirement requirement) {
        return requirement.getSchemes().values().stream().anyMatch(roles -> !roles.isEmpty());
    }

    private static void add(APIResponses responses, int status, boolean possible) {
        if (possible) {
            add(responses, status);
        }
    }

    private static void add(APIResponses responses, int status) {
        CommonResponse common = COMMON.get(status);
        APIResponse own = responses.getAPIResponse(Integer.toString(status));
        if (own == null) {
            responses.addAPIResponse(
                    Integer.toString(status), OASFactory.createAPIResponse().ref(common.name()));
        } else {
            List<String> codes = ProblemSchema.codes(own.getDescription());
            List<String> missing = common.codes().stream()
                    .filter(code -> !codes.contains(code))
                    .toList();
            own.setDescription(own.getDescription() + (missing.isEmpty() ? "" : ", " + ProblemSchema.list(missing)));
        }
    }

    private static void describe(APIResponses responses) {
        responses.getAPIResponses().forEach((status, response) -> {
            if (response.getRef() == null && response.getContent() == null && status.compareTo("400") >= 0) {
                ProblemSchema.describe(
                        response, Integer.parseInt(status), ProblemSchema.codes(response.getDescription()));
            }
        });
    }
}
