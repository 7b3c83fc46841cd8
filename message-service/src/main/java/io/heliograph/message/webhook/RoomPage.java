package io.heliograph.message.webhook;

import java.util.List;

/** The next changes of a room: the cursor before and after them, and those that the webhook subscribes to. */
record RoomPage(RoomCursor from, RoomCursor to, List<WebhookEvent> events) {}
