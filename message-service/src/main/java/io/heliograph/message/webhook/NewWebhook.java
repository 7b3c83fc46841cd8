package io.heliograph.message.webhook;

import io.heliograph.message.request.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook that is wanted. Without {@code rooms} it is for all rooms of its owner, also those to come. */
record NewWebhook(
        @Schema(examples = "https://example.com/hook") @NotNull @Text(max = NewWebhook.MAX_URL)
        String url,

        @NotEmpty Set<@NotNull EventType> events,
        @Size(min = 1, max = NewWebhook.MAX_ROOMS) List<@NotNull UUID> rooms,
        boolean batch) {

    /** In characters. */
    static final int MAX_URL = 2_000;

    /** Named one by one; whoever follows more follows all. */
    static final int MAX_ROOMS = 100;
}
