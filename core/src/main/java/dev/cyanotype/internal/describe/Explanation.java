/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.describe;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.assembly.Chain;
import dev.cyanotype.internal.assembly.Chain.Placed;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.PrefixTree;
import dev.cyanotype.internal.routing.Router;
import dev.cyanotype.internal.spec.ErrorSpec;
import dev.cyanotype.internal.spec.Hook;
import dev.cyanotype.internal.spec.HookSpecs;
import dev.cyanotype.internal.spec.Names;
import dev.cyanotype.internal.spec.TemplateLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows everything that runs for one request or operation, with the lines that declared it. */
public final class Explanation {

    private final Assembly assembly;
    private final Table table = new Table();

    private Explanation(Assembly assembly) {
        this.assembly = assembly;
    }

    /**
     * Explains what a text names.
     *
     * @param subject a method and a path, perhaps with a host in front of it; an operation's full name; or its kind and its
     *     address
     * @throws IllegalArgumentException if it is none of these
     */
    public static String of(Assembly assembly, String subject) {
        Explanation explanation = new Explanation(assembly);
        int space = subject.indexOf(' ');
        HttpMethod method =
                space < 0 ? null : HttpMethod.of(subject.substring(0, space).toUpperCase(Locale.ROOT));
        if (method != null && subject.indexOf('/', space) > 0) {
            String target = subject.substring(space + 1).strip();
            int slash = target.indexOf('/');
            explanation.request(method, target.substring(0, slash).toLowerCase(Locale.ROOT), target.substring(slash));
        } else {
            explanation.operation(subject.strip());
        }
        return explanation.table.toString();
    }

    private void request(HttpMethod method, String host, String path) {
        String question = method + " " + host + path;
        int orSlot = method == HttpMethod.HEAD ? HttpMethod.GET.ordinal() : Router.NO_SLOT;
        Match<Operation.Http> match = assembly.router().match(host, path, method.ordinal(), orSlot);
        if (match != null) {
            Operation.Http route = match.target();
            table.row(question, "is answered by " + label(route) + " (" + route.source() + ")");
            table.row("  pattern", route.address());
            for (int i = 0; i < route.names().size(); i++) {
                table.row(i == 0 ? "  parameters" : "", route.names().get(i) + " = " + match.values()[i]);
            }
            explain(route);
            return;
        }
        Match<PrefixTree.Owner<Level>> owner = assembly.owner(host, path);
        Level level = owner == null ? assembly.app() : owner.target().owner();
        int slots = assembly.router().slots(host, path);
        String allowed = Arrays.stream(HttpMethod.values())
                .filter(known -> (slots & 1 << known.ordinal()) != 0)
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
        table.row(
                question,
                slots == 0
                        ? "has no route: 404 of " + level.owner()
                        : slots == 1 << Operation.Http.UPGRADE_SLOT
                                ? "has no route: 426 of " + level.owner() + ", there is a websocket"
                                : "has no route: 405 of " + level.owner() + ", there are " + allowed);
        chain(level, null);
    }

    private void operation(String subject) {
        List<Operation> found = assembly.all().stream()
                .filter(operation -> subject.equals(operation.name())
                        || subject.equals(operation.kind().noun() + " " + operation.address()))
                .toList();
        if (found.isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            assembly.all()
                    .forEach(operation -> known.add(
                            operation.name() == null
                                    ? operation.kind().noun() + " " + operation.address()
                                    : operation.name()));
            String closest = Names.closest(subject, known);
            throw new IllegalArgumentException("explain: '" + subject + "' is no operation (expected: a request such as"
                    + " 'GET /users', a full name such as 'users.show', or a kind and an address such as 'action"
                    + " get_user')." + (closest == null ? "" : " Did you mean '" + closest + "'?"));
        }
        for (Operation operation : found) {
            table.row(
                    operation.kind().noun() + " " + operation.address(),
                    label(operation) + " (" + operation.source() + ")");
            explain(operation);
        }
    }

    private static String label(Operation operation) {
        return operation.name() == null ? operation.level().owner() : "'" + operation.name() + "'";
    }

    private void explain(Operation operation) {
        chain(operation.level(), operation);
    }

    private void chain(Level innermost, @Nullable Operation operation) {
        List<Level> levels = innermost.fromApp();
        for (Level level : levels) {
            table.row(level == levels.get(0) ? "  mounted" : "", level.toString());
        }
        boolean http = operation == null || operation instanceof Operation.Http;
        Operation.Http route = operation instanceof Operation.Http found ? found : null;
        if (http) {
            hooks("  url values", levels, HookSpecs::urlValues, false, 0, route);
            hooks(
                    "  before",
                    levels,
                    HookSpecs::before,
                    false,
                    route == null ? 0 : route.route().before().size(),
                    route);
        }
        if (operation != null) {
            hooks("  around", levels, HookSpecs::interceptors, false, 0, route);
            table.row("  handler", operation.source());
        }
        if (http) {
            hooks(
                    "  after",
                    levels,
                    HookSpecs::after,
                    true,
                    route == null ? 0 : route.route().after().size(),
                    route);
            hooks("  model", levels, HookSpecs::models, false, 0, route);
            List<TemplateLocation> templates = innermost.chain().templates();
            for (int i = 0; i < templates.size(); i++) {
                table.row(i == 0 ? "  templates" : "", templates.get(i).toString());
            }
            hooks("  teardown", levels, HookSpecs::teardown, true, 0, route);
        }
        errors(levels);
    }

    private <T> void hooks(
            String title,
            List<Level> levels,
            Function<HookSpecs, List<Hook<T>>> kind,
            boolean outward,
            int ofRoute,
            Operation.@Nullable Http route) {
        List<String> lines = new ArrayList<>();
        for (Placed<T> placed : Chain.inward(levels, kind)) {
            int priority = placed.hook().priority();
            lines.add(placed.level().owner() + " (" + placed.hook().source() + ")"
                    + (priority == 0 ? "" : ", priority " + priority));
        }
        if (route != null) {
            lines.addAll(Collections.nCopies(ofRoute, "the route (" + route.source() + ")"));
        }
        if (outward) {
            Collections.reverse(lines);
        }
        for (int i = 0; i < lines.size(); i++) {
            table.row(i == 0 ? title : "", lines.get(i));
        }
    }

    private void errors(List<Level> levels) {
        boolean first = true;
        for (int i = levels.size() - 1; i >= 0; i--) {
            Level level = levels.get(i);
            List<ErrorSpec> errors = level.hooks().errors();
            if (!errors.isEmpty()) {
                String all = errors.stream()
                        .map(error -> error.key() + " (" + error.source() + ")")
                        .collect(Collectors.joining(", "));
                table.row(first ? "  errors" : "", level.owner() + ": " + all);
                first = false;
            }
        }
        table.row(first ? "  errors" : "", "else a problem of RFC 9457");
    }
}
