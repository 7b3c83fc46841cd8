package io.heliograph.rest.idempotency;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** What a request made, or what was answered to it the first time. */
public sealed interface Answer<T> {

    /** The body of the response. */
    Object body();

    /** A field of what was made. */
    String field(String name, Function<T, Object> of);

    /** Whether it was made by an earlier request. */
    default boolean isRepeated() {
        return this instanceof Replayed;
    }

    /** What was made by this request; fails if an earlier one did. */
    default T first() {
        return ((First<T>) this).value();
    }

    /** Made by this request. */
    record First<T>(T value) implements Answer<T> {

        @Override
        public Object body() {
            return value;
        }

        @Override
        public String field(String name, Function<T, Object> of) {
            return String.valueOf(of.apply(value));
        }
    }

    /** The response of an earlier request, as JSON. */
    record Replayed<T>(String json) implements Answer<T> {

        @Override
        public Object body() {
            return new Body(json);
        }

        @Override
        public String field(String name, Function<T, Object> of) {
            return new JsonObject(json).getString(name);
        }
    }

    /** Written as it is. */
    @RegisterForReflection
    record Body(@JsonValue @JsonRawValue String json) {}
}
