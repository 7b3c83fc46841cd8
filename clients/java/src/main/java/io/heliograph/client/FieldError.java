package io.heliograph.client;

/** A field of a request that was refused. */
public record FieldError(String field, String message) {}
