package io.heliograph.user.feed;

import java.util.UUID;

/** A profile, and the address by which it was asked for. */
record AddressedProfile(String address, UUID id, long version, String username, String displayName) {}
