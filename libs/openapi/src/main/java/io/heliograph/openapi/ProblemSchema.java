package io.heliograph.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The body of every error (RFC 9457), and how responses name its codes: in backticks in the description, as in
 * {@code `room_not_found`, `not_found`}.
 */
final class ProblemSchema {

    static final String NAME = "Problem";

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final Pattern CODE = Pattern.compile("`([a-z0-9_]+)`");

    private ProblemSchema() {}

    static List<String> codes(String description) {
        return CODE.matcher(description).results().map(code -> code.group(1)).toList();
    }

    static String list(List<String> codes) {
        return codes.stream().map(code -> '`' + code + '`').collect(Collectors.joining(", "));
    }

    /** Gives this response the body of a problem with the first of these codes as its example. */
    static void describe(APIResponse response, int status, List<String> codes) {
        if (response.getDescription() == null) {
            response.setDescription(list(codes));
        }
        String code = codes.isEmpty() ? "code_of_docs_errors" : codes.get(0);
        response.setContent(OASFactory.createContent()
                .addMediaType(
                        MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(NAME))
                                .example(example(status, code))));
    }

    static Schema schema() {
        return object("RFC 9457. Programs branch on `code`, texts may change.")
                .addProperty("type", string("`urn:heliograph:problem:` and the code"))
                .addProperty("title", string("The reason phrase of the status"))
                .addProperty(
                        "status",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).format("int32"))
                .addProperty("detail", string("A description of the problem, for people"))
                .addProperty("code", string("A code of docs/errors.md").pattern("^[a-z0-9_]+$"))
                .addProperty("requestId", string("As in `X-Request-Id`, to be found in the logs"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .description("Which fields are not valid, and why")
                                .minItems(1)
                                .maxItems(50)
                                .items(OASFactory.createSchema().ref("FieldError")))
                .required(List.of("type", "title", "status", "detail", "code", "requestId"));
    }

    static Schema fieldError() {
        return object("What is wrong with a field of the request")
                .addProperty("field", string("The path of the field, such as `messages[3].content`"))
                .addProperty("message", string("What is wrong with it"))
                .required(List.of("field", "message"));
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description(description);
    }

    private static Schema string(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static Map<String, Object> example(int status, String code) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "urn:heliograph:problem:" + code);
        example.put("title", "The reason phrase of the status");
        example.put("status", status);
        example.put("detail", "A description of the problem, for people.");
        example.put("code", code);
        example.put("requestId", "4bf92f3577b34da6a3ce929d0e0e4736");
        return example;
    }
}
