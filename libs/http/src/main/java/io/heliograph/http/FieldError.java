package io.heliograph.http;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The error of one field of a request, which is named by its path: {@code username}, {@code messages[3].content}. */
@RegisterForReflection
public record FieldError(String field, String message) {}
