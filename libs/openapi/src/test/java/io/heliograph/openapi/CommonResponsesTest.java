package io.heliograph.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.junit.jupiter.api.Test;

class CommonResponsesTest {

    private final Operation operation = OASFactory.createOperation().responses(OASFactory.createAPIResponses());

    @Test
    void shouldAddTheResponsesOfEveryOperation() {
        CommonResponses.complete(HttpMethod.GET, operation);

        assertThat(statuses()).containsExactlyInAnyOrder("406", "414", "500", "503");
        assertThat(response("503").getRef()).isEqualTo("#/components/responses/Unavailable");
    }

    @Test
    void shouldAddTheResponsesOfARequestBody() {
        operation.requestBody(OASFactory.createRequestBody());

        CommonResponses.complete(HttpMethod.POST, operation);

        assertThat(statuses()).contains("400", "413", "415").doesNotContain("401", "404", "412");
    }

    @Test
    void shouldAddTheResponsesOfParameters() {
        operation.addParameter(OASFactory.createParameter().name("room").in(In.PATH));
        operation.addParameter(OASFactory.createParameter().name("If-Match").in(In.HEADER));

        CommonResponses.complete(HttpMethod.DELETE, operation);

        assertThat(statuses()).contains("400", "404", "412").doesNotContain("413", "415");
    }

    @Test
    void shouldAddTheResponsesOfAToken() {
        operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme("token", List.of()));

        CommonResponses.complete(HttpMethod.GET, operation);

        assertThat(statuses()).contains("401").doesNotContain("403");
    }

    @Test
    void shouldAddTheResponsesOfARole() {
        operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme("token", List.of("admin")));

        CommonResponses.complete(HttpMethod.GET, operation);

        assertThat(statuses()).contains("401", "403");
    }

    @Test
    void shouldAddTheCommonCodesToThoseOfTheOperation() {
        operation
                .getResponses()
                .addAPIResponse("503", OASFactory.createAPIResponse().description("`room_busy`, `overloaded`"));

        CommonResponses.complete(HttpMethod.GET, operation);

        APIResponse own = response("503");
        assertThat(ProblemSchema.codes(own.getDescription()))
                .startsWith("room_busy", "overloaded")
                .contains("store_unavailable", "draining")
                .doesNotHaveDuplicates();
        assertThat(own.getRef()).isNull();
        assertThat(own.getContent().getMediaTypes()).containsOnlyKeys("application/problem+json");
    }

    @Test
    void shouldRemoveTheDefaultResponsesOfQuarkus() {
        operation
                .getResponses()
                .addAPIResponse("401", OASFactory.createAPIResponse().description("Not Authorized"))
                .addAPIResponse("403", OASFactory.createAPIResponse().description("Not Allowed"));

        CommonResponses.complete(HttpMethod.GET, operation);

        assertThat(statuses()).doesNotContain("401", "403");
    }

    @Test
    void shouldDefineEachComponent() {
        OpenAPI document = OASFactory.createOpenAPI().components(OASFactory.createComponents());

        CommonResponses.define(document);

        assertThat(document.getComponents().getSchemas()).containsOnlyKeys("Problem", "FieldError");
        assertThat(document.getComponents().getResponses()).containsKeys("BadRequest", "NotFound", "Unavailable");
        document.getComponents().getResponses().values().forEach(response -> assertThat(
                        ProblemSchema.codes(response.getDescription()))
                .isNotEmpty());
    }

    private List<String> statuses() {
        return List.copyOf(operation.getResponses().getAPIResponses().keySet());
    }

    private APIResponse response(String status) {
        return operation.getResponses().getAPIResponse(status);
    }
}
