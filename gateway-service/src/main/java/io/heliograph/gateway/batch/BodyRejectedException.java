package io.heliograph.gateway.batch;

import io.heliograph.gateway.problem.Problem;

/** The body of a request is not one that is read to its end. */
final class BodyRejectedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Problem problem;

    BodyRejectedException(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
