package io.heliograph.message.webhook;

import io.heliograph.message.request.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A request for a webhook. Without {@code rooms} it covers all rooms of its owner, including later ones. */
record NewWebhook(
        @Schema(examples = "https://example.com/hook") @NotNull @Text(max = NewWebhook.MAX_URL)
        String url,

        @NotEmpty Set<@NotNull EventType> events,
        @Size(min = 1, max = NewWebhook.MAX_ROOMS) List<@NotNull UUID> rooms,
        boolean batch) {

    /** In characters. */
    static final int MAX_URL = 2_000;

    /** Rooms that a request may list. A webhook for more rooms has to cover all. */
    static final int MAX_ROOMS = 100;
}
