package io.heliograph.message.sync;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of rooms. {@code accountRev} is the number of a change that it has: events with higher numbers are new to it. */
record SyncPage(
        List<RoomSnapshot> items,
        @Schema(type = SchemaType.STRING, nullable = true) Object next,
        long accountRev) {}
