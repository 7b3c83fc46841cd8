package io.heliograph.message.websocket;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.message.read.ReadMarks;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.profile.UserProfiles;
import jakarta.inject.Singleton;

/** What goes on in rooms, and who does it. */
@Singleton
record Live(LiveDelivery delivery, Presence presence, ReadMarks marks, UserProfiles people) {}
