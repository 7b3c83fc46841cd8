package io.heliograph.client;

/** An invalid field of a request. */
public record FieldError(String field, String message) {}
