package io.heliograph.e2e.documents;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The settings of one service as a page of Markdown: one section for each {@code @ConfigMapping} interface, one row for
 * each setting with its default and its Javadoc. The sources are parsed, not compiled; a default that the service has in
 * its {@code application.properties} comes before that of the annotation.
 */
final class SettingsReference {

    private static final Pattern MAP = Pattern.compile("Map<String, ?(\\w+)>");
    private static final Pattern OPTIONAL = Pattern.compile("Optional(Int|Long|Double|<.*>)");
    private static final Pattern DOCUMENTATION_TAG = Pattern.compile("\\{@(?:code|link|linkplain|literal)\\s+([^}]*)}");

    private final Map<String, Interface> interfaces = new HashMap<>();
    private final Map<ExpressionTree, Interface> mappings = new LinkedHashMap<>();
    private final Map<String, ExpressionTree> constants = new HashMap<>();
    private final Properties properties = new Properties();

    private record Interface(String description, List<Setting> settings) {}

    private record Setting(String name, String type, Optional<ExpressionTree> fallback, String description) {}

    private SettingsReference() {}

    /** Reads the sources below these directories, and the properties of the service. */
    static SettingsReference of(List<Path> sources, Path properties) throws IOException {
        SettingsReference reference = new SettingsReference();
        try (Reader reader = Files.newBufferedReader(properties)) {
            reference.properties.load(reader);
        }
        List<Path> files = new ArrayList<>();
        for (Path directory : sources) {
            try (Stream<Path> found = Files.walk(directory)) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        files.sort(null);
        reference.parse(files);
        return reference;
    }

    String markdown() {
        Map<String, List<Interface>> byPrefix = new TreeMap<>();
        mappings.forEach((prefix, mapping) ->
                byPrefix.computeIfAbsent(text(prefix), key -> new ArrayList<>()).add(mapping));
        StringBuilder page = new StringBuilder();
        byPrefix.forEach((prefix, parts) -> {
            page.append("\n### `").append(prefix).append("`\n\n");
            parts.forEach(part -> page.append(part.description).append("\n\n"));
            page.append("| setting | default | description |\n| --- | --- | --- |\n");
            Map<String, String> rows = new LinkedHashMap<>();
            parts.forEach(part -> describe(prefix, "", part, rows));
            rows.forEach((name, row) -> page.append("| `%s` | %s |\n".formatted(name, row)));
        });
        return page.toString();
    }

    /**
     * Adds a row for each setting. A group of settings may be described as a whole: then its settings need no description
     * of their own. Of two interfaces with the same setting the first counts.
     */
    private void describe(String prefix, String group, Interface mapping, Map<String, String> rows) {
        for (Setting setting : mapping.settings) {
            String name = prefix + "." + setting.name;
            Matcher map = MAP.matcher(setting.type);
            String description = setting.description.isEmpty() ? group : setting.description;
            if (interfaces.containsKey(setting.type)) {
                describe(name, description, interfaces.get(setting.type), rows);
            } else if (map.matches() && interfaces.containsKey(map.group(1))) {
                describe(name + ".<name>", description, interfaces.get(map.group(1)), rows);
            } else {
                rows.putIfAbsent(
                        map.matches() ? name + ".<name>" : name, fallback(name, setting) + " | " + description);
            }
        }
    }

    private String fallback(String name, Setting setting) {
        boolean optional = OPTIONAL.matcher(setting.type).matches()
                || MAP.matcher(setting.type).matches();
        return Optional.ofNullable(properties.getProperty(name))
                .or(() -> setting.fallback.map(this::text))
                .map(value -> "`" + value + "`")
                .orElse(optional ? "none" : "required");
    }

    /** A literal, a constant of another class, or a sum of them. */
    private String text(ExpressionTree expression) {
        if (expression instanceof LiteralTree literal) {
            return literal.getValue().toString();
        }
        if (expression instanceof BinaryTree sum) {
            return text(sum.getLeftOperand()) + text(sum.getRightOperand());
        }
        String name = expression.toString();
        return text(Objects.requireNonNull(constants.get(name), name));
    }

    private void parse(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        JavacTask task = (JavacTask) compiler.getTask(
                null, manager, diagnostic -> {}, null, null, manager.getJavaFileObjectsFromPaths(files));
        DocTrees comments = DocTrees.instance(task);
        for (CompilationUnitTree unit : task.parse()) {
            new Scanner(comments).scan(unit, null);
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {

        private final DocTrees comments;

        Scanner(DocTrees comments) {
            this.comments = comments;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (type.getKind() == Tree.Kind.INTERFACE) {
                Interface found = new Interface(description(getCurrentPath()), settings(type));
                interfaces.put(type.getSimpleName().toString(), found);
                annotation(type.getModifiers().getAnnotations(), "ConfigMapping")
                        .ifPresent(prefix -> mappings.put(prefix, found));
            }
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void unused) {
            if (variable.getInitializer() != null
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner) {
                constants.put(owner.getSimpleName() + "." + variable.getName(), variable.getInitializer());
            }
            return super.visitVariable(variable, unused);
        }

        private List<Setting> settings(ClassTree type) {
            List<Setting> settings = new ArrayList<>();
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method
                        && method.getParameters().isEmpty()
                        && method.getBody() == null) {
                    settings.add(setting(method));
                }
            }
            return settings;
        }

        private Setting setting(MethodTree method) {
            List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
            return new Setting(
                    kebab(method.getName().toString()),
                    method.getReturnType().toString().replaceAll("@\\w+(\\([^)]*\\))? ?", ""),
                    annotation(annotations, "WithDefault"),
                    description(new TreePath(getCurrentPath(), method)));
        }

        private String description(TreePath place) {
            String comment = Optional.ofNullable(comments.getDocComment(place)).orElse("");
            return plain(comment);
        }
    }

    /** The value of the first attribute of this annotation. */
    private static Optional<ExpressionTree> annotation(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(each -> each.getAnnotationType().toString().equals(name))
                .flatMap(each -> each.getArguments().stream())
                .<ExpressionTree>map(argument ->
                        argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument)
                .findFirst();
    }

    /** Javadoc as one line of Markdown. */
    static String plain(String javadoc) {
        String text = DOCUMENTATION_TAG
                .matcher(javadoc)
                .replaceAll(tag -> Matcher.quoteReplacement("`" + reference(tag.group(1)) + "`"));
        return text.replaceAll("</?(p|ul|li|em|b|i)>", " ")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    /** {@code #maxReads} is the setting {@code max-reads}; a type keeps its name. */
    private static String reference(String target) {
        String name = target.strip();
        return name.startsWith("#") ? kebab(name.substring(1).replaceAll("\\(.*", "")) : name;
    }

    static String kebab(String name) {
        return name.replaceAll("(\\p{Lu})", "-$1").toLowerCase(Locale.ROOT);
    }
}
