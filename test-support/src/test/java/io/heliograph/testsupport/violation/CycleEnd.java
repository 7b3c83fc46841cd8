package io.heliograph.testsupport.violation;

public final class CycleEnd {

    CycleStart start;

    static final class Duplicate {}
}
