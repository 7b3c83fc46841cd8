package io.heliograph.message.job;

/** Thrown in a handler whose execution has to stop, for any reason. */
final class JobCancellation extends RuntimeException {

    JobCancellation() {
        super("The execution is to stop.", null, false, false);
    }
}
