package io.heliograph.user.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/** The current state of a profile that has changed. A deleted account has no names. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProfileChange(
        long change, UUID id, long version, String username, String displayName, boolean deleted, boolean bot) {}
