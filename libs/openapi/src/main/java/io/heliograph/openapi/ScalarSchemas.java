package io.heliograph.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Replaces references to schemas of plain strings, ids and times, by the strings. A reference to anything else that may
 * be null becomes a choice of the two, since what stands beside a reference narrows it and never widens it.
 */
final class ScalarSchemas {

    private static final Map<String, String> FORMATS = Map.of("UUID", "uuid", "Instant", "date-time");

    private final OpenAPI document;

    ScalarSchemas(OpenAPI document) {
        this.document = document;
    }

    void inline() {
        Schemas.replaceAll(document, ScalarSchemas::inlined);
        FORMATS.keySet().forEach(document.getComponents()::removeSchema);
    }

    private static Schema inlined(Schema schema) {
        Schema referring = schema.getRef() != null ? schema : reference(schema);
        if (referring == null) {
            return schema;
        }
        boolean nullable = Schemas.isNullable(schema);
        String name = Schemas.nameOf(referring.getRef());
        if (FORMATS.containsKey(name)) {
            Schema scalar = OASFactory.createSchema()
                    .format(FORMATS.get(name))
                    .description(schema.getDescription())
                    .addType(SchemaType.STRING);
            return nullable ? scalar.addType(SchemaType.NULL) : scalar;
        }
        return nullable ? orNull(name, schema.getDescription()) : schema;
    }

    private static Schema orNull(String name, String description) {
        return OASFactory.createSchema()
                .description(description)
                .addAnyOf(OASFactory.createSchema().ref(name))
                .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
    }

    /** The one reference of a choice between it and null; null if this is none. */
    private static Schema reference(Schema schema) {
        List<Schema> choices = Schemas.choices(schema).stream()
                .filter(choice -> choice.getRef() != null)
                .toList();
        return choices.size() == 1 && Schemas.isNullable(schema) ? choices.get(0) : null;
    }
}
