package io.heliograph.openapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** The classes of a service by the names of their schemas: simple names, which no two of a service share, or given ones. */
final class SchemaClasses {

    static final DotName SCHEMA = DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");

    private static final String OURS = "io.heliograph.";

    private final Map<String, ClassInfo> classes = new HashMap<>();

    SchemaClasses(IndexView index) {
        List<ClassInfo> ours =
                index.getKnownClasses().stream().filter(SchemaClasses::isOurs).toList();
        ours.forEach(type -> classes.put(type.simpleName(), type));
        // A given name goes before the same simple name of another class, which then has no schema.
        ours.stream().filter(type -> givenName(type) != null).forEach(type -> classes.put(givenName(type), type));
    }

    static boolean isOurs(ClassInfo type) {
        return type.name().toString().startsWith(OURS);
    }

    /** Null for a schema of something else, such as a page of some type of items. */
    ClassInfo get(String name) {
        return classes.get(name);
    }

    private static String givenName(ClassInfo type) {
        AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
        AnnotationValue name = schema == null ? null : schema.value("name");
        return name == null ? null : name.asString();
    }
}
