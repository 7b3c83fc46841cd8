package io.heliograph.gateway.proxy;

/** No answer could be had from a service. */
public final class FetchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UpstreamFailure failure;

    FetchException(UpstreamFailure failure) {
        // No trace: it is made by an event loop, and would tell of nothing else.
        super(failure.reason(), null, false, false);
        this.failure = failure;
    }

    public UpstreamFailure failure() {
        return failure;
    }
}
