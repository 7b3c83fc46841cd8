package io.heliograph.user.feed;

import java.util.UUID;

/** A profile, and the address in the request by which it was found. */
record AddressedProfile(String address, UUID id, long version, String username, String displayName) {}
