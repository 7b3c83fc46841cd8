package io.heliograph.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;

/**
 * Marks the required fields of a response: all except a component with a {@code JsonInclude} of its own, and the
 * nullable ones of a record with a {@code JsonInclude}, which are omitted instead of being null. A nullable field has
 * {@code @Schema(nullable = true)}. Fields of requests are required by {@code NotNull} only.
 */
final class ResponseSchemas {

    private static final DotName INCLUDE = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");

    private static final DotName UNWRAPPED = DotName.createSimple("com.fasterxml.jackson.annotation.JsonUnwrapped");

    private final OpenAPI document;
    private final SchemaClasses classes;

    ResponseSchemas(OpenAPI document, IndexView index) {
        this.document = document;
        this.classes = new SchemaClasses(index);
    }

    void require() {
        Set<String> answers = new HashSet<>();
        for (Operation operation : Schemas.operations(document)) {
            operation.getResponses().getAPIResponses().values().stream()
                    .flatMap(response -> Schemas.mediaTypes(response.getContent()).stream())
                    .map(MediaType::getSchema)
                    .forEach(schema -> collect(schema, answers));
        }
        answers.forEach(
                name -> require(name, document.getComponents().getSchemas().get(name)));
    }

    private void collect(Schema schema, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            String name = Schemas.nameOf(schema.getRef());
            if (names.add(name)) {
                collect(document.getComponents().getSchemas().get(name), names);
            }
        }
        collect(schema.getItems(), names);
        collect(schema.getAdditionalPropertiesSchema(), names);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> collect(property, names));
        }
        Schemas.choices(schema).forEach(choice -> collect(choice, names));
    }

    private void require(String name, Schema schema) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        ClassInfo type = classes.get(name);
        boolean withoutNulls = type != null && leavesOutNulls(type.declaredAnnotation(INCLUDE));
        List<String> required = new ArrayList<>();
        for (Map.Entry<String, Schema> field :
                List.copyOf(schema.getProperties().entrySet())) {
            if (withoutNulls && Schemas.isNullable(field.getValue())) {
                schema.addProperty(field.getKey(), Schemas.withoutNull(field.getValue()));
            } else if (!isLeftOutByItself(type, field.getKey())) {
                required.add(field.getKey());
            }
        }
        schema.setRequired(required);
    }

    private static boolean leavesOutNulls(AnnotationInstance include) {
        return include != null && !include.value().asEnum().equals("ALWAYS");
    }

    /** The field may be one of a record that is unwrapped in this one. */
    private boolean isLeftOutByItself(ClassInfo type, String name) {
        if (type == null) {
            return false;
        }
        FieldInfo field = type.field(name);
        return field != null
                ? field.hasAnnotation(INCLUDE)
                : type.fields().stream()
                        .filter(each -> each.hasAnnotation(UNWRAPPED))
                        .anyMatch(each ->
                                isLeftOutByItself(classes.get(each.type().name().withoutPackagePrefix()), name));
    }
}
