package io.tierguard.policy.model;

import java.util.List;

/**
 * Shortens the names in a policy as a server shortens them.
 *
 * @param bytes the longest name that the server keeps, in bytes of UTF-8
 */
record NameCut(int bytes) {

    TableClass tableClass(TableClass whole) {
        return new TableClass(
                pattern(whole.pattern()),
                whole.tier(),
                names(whole.mutableColumns()),
                whole.limits(),
                whole.why(),
                whole.rule());
    }

    Component component(Component whole) {
        return new Component(
                whole.name(),
                whole.why(),
                globs(whole.users()),
                whole.grants().stream().map(this::grant).toList(),
                whole.limits(),
                whole.rule());
    }

    DeclaredCode code(DeclaredCode whole) {
        CodeFact fact = whole.fact();
        List<Effect> effects = fact.effects().stream()
                .map(effect -> effect.on(table(effect.table())))
                .toList();
        return new DeclaredCode(
                new CodePattern(globs(whole.pattern().parts())),
                new CodeFact(fact.pattern(), effects, fact.why(), fact.bodies(), fact.rule()));
    }

    Waiver waiver(Waiver whole) {
        return new Waiver(
                whole.name(),
                whole.why(),
                whole.ticket(),
                whole.owner(),
                whole.component(),
                whole.window(),
                whole.grants().stream().map(this::grant).toList(),
                whole.limits(),
                whole.definesUnread(),
                whole.rule());
    }

    private Grant grant(Grant whole) {
        GrantTarget target = whole.target() instanceof GrantTarget.OnPatterns on
                ? new GrantTarget.OnPatterns(
                        on.patterns().stream().map(this::pattern).toList())
                : whole.target();
        return new Grant(whole.verbs(), names(whole.columns()), target, whole.rule());
    }

    private TablePattern pattern(TablePattern whole) {
        return new TablePattern(
                whole.catalog().cutTo(bytes),
                whole.schema().cutTo(bytes),
                whole.name().cutTo(bytes),
                whole.text());
    }

    private TableName table(TableName whole) {
        return new TableName(
                TableName.cut(whole.catalog(), bytes),
                TableName.cut(whole.schema(), bytes),
                TableName.cut(whole.name(), bytes));
    }

    private List<NameGlob> globs(List<NameGlob> whole) {
        return whole.stream().map(glob -> glob.cutTo(bytes)).toList();
    }

    /** Each once, because what sets a column counts the columns that it finds. */
    private List<String> names(List<String> whole) {
        return whole.stream().map(name -> TableName.cut(name, bytes)).distinct().toList();
    }
}
