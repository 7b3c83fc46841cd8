package io.heliograph.message.sync;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of rooms, which includes the changes of memberships up to the number {@code accountRev}. */
record SyncPage(
        List<RoomSnapshot> items,
        @Schema(type = SchemaType.STRING, nullable = true) Object next,
        long accountRev) {}
