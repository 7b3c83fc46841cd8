package io.heliograph.testsupport.violation;

/** In a cycle with {@link CycleEnd}, and with a nested type of the same name. */
public final class CycleStart {

    CycleEnd end;

    static final class Duplicate {}
}
