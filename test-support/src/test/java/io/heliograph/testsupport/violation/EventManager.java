package io.heliograph.testsupport.violation;

/** Named after a pattern. */
final class EventManager {}
