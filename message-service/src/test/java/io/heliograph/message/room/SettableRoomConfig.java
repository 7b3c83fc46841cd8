package io.heliograph.message.room;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What people may have of rooms, as the test sets it. */
@Singleton
class SettableRoomConfig {

    private final SettableConfig<RoomConfig> settable = SettableConfig.of(RoomConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    RoomConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
