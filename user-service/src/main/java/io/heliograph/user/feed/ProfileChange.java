package io.heliograph.user.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/** A profile that has changed, as it is now. Of an account that was deleted there are no names. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProfileChange(
        long change, UUID id, long version, String username, String displayName, boolean deleted, boolean bot) {}
