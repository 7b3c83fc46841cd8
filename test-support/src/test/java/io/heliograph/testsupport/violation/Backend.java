package io.heliograph.testsupport.violation;

import jakarta.inject.Singleton;

/** Holds beans for others. */
final class Backend {

    private First first;
    private Second second;
    private Third third;

    First first() {
        return first;
    }

    Second second() {
        return second;
    }

    Third third() {
        return third;
    }

    @Singleton
    static final class First {}

    @Singleton
    static final class Second {}

    @Singleton
    static final class Third {}
}
