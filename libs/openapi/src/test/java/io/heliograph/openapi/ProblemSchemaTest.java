package io.heliograph.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.junit.jupiter.api.Test;

class ProblemSchemaTest {

    @Test
    void shouldReadTheCodesThatItLists() {
        List<String> codes = List.of("room_not_found", "not_found");

        assertThat(ProblemSchema.list(codes)).isEqualTo("`room_not_found`, `not_found`");
        assertThat(ProblemSchema.codes("A room, `room_not_found`, or else `not_found`."))
                .isEqualTo(codes);
        assertThat(ProblemSchema.codes("The page as `HTML`")).isEmpty();
    }

    @Test
    void shouldUseTheFirstCodeAsTheExample() {
        APIResponse response = OASFactory.createAPIResponse();

        ProblemSchema.describe(response, 404, List.of("room_not_found", "not_found"));

        assertThat(response.getDescription()).isEqualTo("`room_not_found`, `not_found`");
        Map<?, ?> example = (Map<?, ?>)
                response.getContent().getMediaType("application/problem+json").getExample();
        assertThat(example.get("code")).isEqualTo("room_not_found");
        assertThat(example.get("status")).isEqualTo(404);
        assertThat(example.get("type")).isEqualTo("urn:heliograph:problem:room_not_found");
    }

    @Test
    void shouldKeepADescription() {
        APIResponse response = OASFactory.createAPIResponse().description("Said already");

        ProblemSchema.describe(response, 500, List.of("internal_error"));

        assertThat(response.getDescription()).isEqualTo("Said already");
    }
}
