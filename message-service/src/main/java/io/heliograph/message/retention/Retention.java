package io.heliograph.message.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How long messages are kept in a room.
 *
 * @param days as set for the room; null if they are kept as long as in the installation
 * @param installationDays in all rooms; null if they are kept for ever
 * @param effectiveDays the lesser of both; null if they are kept for ever
 * @param retainedFrom the seq before which no message has its content any more
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Retention(
        @Schema(nullable = true) Integer days,
        @Schema(nullable = true) Integer installationDays,
        @Schema(nullable = true) Integer effectiveDays,
        long retainedFrom) {

    /** A hundred years. */
    static final int MAX_DAYS = 36_500;

    /** {@code installation} is 0 for no bound. */
    static Retention of(Integer days, int installation, long retainedFrom) {
        Integer all = installation == 0 ? null : installation;
        Integer effective = days == null ? all : all == null ? days : Integer.valueOf(Math.min(days, all));
        return new Retention(days, all, effective, retainedFrom);
    }
}
