package io.heliograph.user.session;

import io.heliograph.user.request.ClientAddress;

/** What a session is used from: an address, and what the client says of itself, which may be null. */
public record Device(String address, String userAgent) {

    /** In characters: enough to tell a browser and its system by. */
    private static final int LONGEST = 256;

    /** Of the request that is being answered. */
    public static Device present(String userAgent) {
        boolean tooLong = userAgent != null && userAgent.length() > LONGEST;
        return new Device(ClientAddress.current(), tooLong ? userAgent.substring(0, LONGEST) : userAgent);
    }
}
