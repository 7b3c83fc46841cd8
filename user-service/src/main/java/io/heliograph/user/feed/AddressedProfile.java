package io.heliograph.user.feed;

import java.util.UUID;

/** A profile, and the address of the request that it was found by. */
record AddressedProfile(String address, UUID id, long version, String username, String displayName) {}
