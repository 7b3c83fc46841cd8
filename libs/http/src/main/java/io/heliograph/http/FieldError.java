package io.heliograph.http;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is wrong with one field of a request, named by its path: {@code username}, {@code messages[3].content}. */
@RegisterForReflection
public record FieldError(String field, String message) {}
