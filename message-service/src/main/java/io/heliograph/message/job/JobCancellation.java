package io.heliograph.message.job;

/** Thrown into a handler whose execution is to stop, for whatever reason. */
final class JobCancellation extends RuntimeException {

    JobCancellation() {
        super("The execution is to stop.", null, false, false);
    }
}
