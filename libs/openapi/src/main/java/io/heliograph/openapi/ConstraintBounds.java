package io.heliograph.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type.Kind;

/**
 * Describes the bounds of our own constraints of Bean Validation, as Quarkus does those of Jakarta: the {@code @Schema}
 * of a constraint, or the constraints that it is composed of, describe its bounds wherever it is used; its members
 * {@code min} and {@code max} are lengths. A pattern of Jakarta matches a whole text, and one of JSON Schema any part.
 */
final class ConstraintBounds {

    private static final DotName CONSTRAINT = DotName.createSimple("jakarta.validation.Constraint");
    private static final DotName SIZE = DotName.createSimple("jakarta.validation.constraints.Size");
    private static final DotName PATTERN = DotName.createSimple("jakarta.validation.constraints.Pattern");

    private static final DotName NOT_NULL = DotName.createSimple("jakarta.validation.constraints.NotNull");
    private static final DotName OPTIONAL = DotName.createSimple(Optional.class);

    /** A choice of words is an enumeration. */
    private static final Pattern WORDS = Pattern.compile("\\w+(\\|\\w+)*");

    private final OpenAPI document;
    private final IndexView index;

    ConstraintBounds(OpenAPI document, IndexView index) {
        this.document = document;
        this.index = index;
    }

    void add() {
        SchemaClasses classes = new SchemaClasses(index);
        document.getComponents().getSchemas().forEach((name, schema) -> {
            ClassInfo type = classes.get(name);
            if (type != null && schema.getProperties() != null) {
                Map.copyOf(schema.getProperties()).forEach((field, property) -> {
                    add(type.field(field), property);
                    if (isOptionalOfNotNull(type.field(field))) {
                        schema.addProperty(field, Schemas.withoutNull(property));
                    }
                });
            }
        });
        // Those of the constraints themselves.
        List.copyOf(document.getComponents().getSchemas().keySet()).stream()
                .filter(name -> classes.get(name) != null && classes.get(name).isAnnotation())
                .forEach(document.getComponents()::removeSchema);
        Schemas.replaceAll(document, ConstraintBounds::anchored);
    }

    private void add(FieldInfo field, Schema property) {
        if (field == null || property.getRef() != null) {
            return;
        }
        // Those of type arguments too, as in Optional<@Text String>.
        for (AnnotationInstance annotation : field.annotations()) {
            ClassInfo constraint = index.getClassByName(annotation.name());
            if (constraint != null
                    && SchemaClasses.isOurs(constraint)
                    && constraint.hasDeclaredAnnotation(CONSTRAINT)) {
                lengths(annotation, property);
                describe(constraint, property);
            }
        }
    }

    /** As in {@code Optional<@NotNull String>} of a patch: it may be left out, and is never null. */
    private static boolean isOptionalOfNotNull(FieldInfo field) {
        return field != null
                && field.type().kind() == Kind.PARAMETERIZED_TYPE
                && field.type().name().equals(OPTIONAL)
                && field.type().asParameterizedType().arguments().get(0).hasAnnotation(NOT_NULL);
    }

    private void lengths(AnnotationInstance annotation, Schema property) {
        set(annotation.valueWithDefault(index, "min"), min -> property.setMinLength(min.asInt()));
        set(annotation.valueWithDefault(index, "max"), max -> property.setMaxLength(max.asInt()));
    }

    private static void describe(ClassInfo constraint, Schema property) {
        AnnotationInstance size = constraint.declaredAnnotation(SIZE);
        if (size != null) {
            set(size.value("min"), min -> property.setMinLength(min.asInt()));
            set(size.value("max"), max -> property.setMaxLength(max.asInt()));
        }
        AnnotationInstance pattern = constraint.declaredAnnotation(PATTERN);
        if (pattern != null) {
            property.setPattern(pattern.value("regexp").asString());
        }
        AnnotationInstance schema = constraint.declaredAnnotation(SchemaClasses.SCHEMA);
        if (schema != null) {
            set(schema.value("minLength"), min -> property.setMinLength(min.asInt()));
            set(schema.value("maxLength"), max -> property.setMaxLength(max.asInt()));
            set(schema.value("pattern"), regex -> property.setPattern(regex.asString()));
            set(schema.value("format"), format -> property.setFormat(format.asString()));
            set(schema.value("description"), text -> property.setDescription(text.asString()));
            set(
                    schema.value("examples"),
                    examples -> property.setExamples(List.<Object>of((Object[]) examples.asStringArray())));
        }
    }

    private static void set(AnnotationValue value, Consumer<AnnotationValue> by) {
        if (value != null) {
            by.accept(value);
        }
    }

    private static Schema anchored(Schema schema) {
        String pattern = schema.getPattern();
        if (pattern != null && WORDS.matcher(pattern).matches()) {
            schema.setEnumeration(List.<Object>of((Object[]) pattern.split("\\|", -1)));
            schema.setPattern(null);
        } else if (pattern != null && !pattern.startsWith("^")) {
            schema.setPattern("^(?:" + pattern + ")$");
        }
        return schema;
    }
}
