package io.heliograph.message.socket;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.read.ReadMarks;
import jakarta.inject.Singleton;

/** What goes on in rooms. */
@Singleton
record Live(LiveDelivery delivery, Presence presence, ReadMarks marks) {}
