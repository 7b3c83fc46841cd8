package io.heliograph.message.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How long messages are kept in a room.
 *
 * @param days the setting of the room; null if it has none
 * @param installationDays the setting of all rooms; null if messages are kept permanently
 * @param effectiveDays the lesser of both; null if messages are kept permanently
 * @param retainedFrom the seq before which all messages have lost their content
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
