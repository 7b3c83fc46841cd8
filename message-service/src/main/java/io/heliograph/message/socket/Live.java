package io.heliograph.message.socket;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.person.People;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.read.ReadMarks;
import jakarta.inject.Singleton;

/** What goes on in rooms, and who does it. */
@Singleton
record Live(LiveDelivery delivery, Presence presence, ReadMarks marks, People people) {}
