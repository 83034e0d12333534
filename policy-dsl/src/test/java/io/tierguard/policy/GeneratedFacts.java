package io.tierguard.policy;

import static io.tierguard.policy.GeneratedItems.ended;
import static io.tierguard.policy.GeneratedItems.joined;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.syntax.BlockKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random facts of every kind, those of one block at a time. */
final class GeneratedFacts {

    private final Random random;
    private final GeneratedItems items;
    private final boolean isSound;
    private final List<String> tables = new ArrayList<>();
    private final List<List<String>> facts = new ArrayList<>();

    GeneratedFacts(Random random, GeneratedItems items, boolean isSound) {
        this.random = random;
        this.items = items;
        this.isSound = isSound;
    }

    /** A table of which a sound policy may speak. */
    void declare(String table) {
        tables.add(table);
    }

    /** Facts of a block in any order. */
    List<List<String>> of(BlockKind kind) {
        facts.clear();
        switch (kind) {
            case POLICY -> ofPolicy();
            case TIER -> ofTier();
            case TABLE -> ofTable();
            case ROUTINE, TRIGGER -> ofCode();
            case COMPONENT -> ofComponent();
            case OBSERVE -> ofObserve();
            case TRUST -> ofTrust();
            case WAIVER -> ofWaiver();
            case TEST -> ofTest();
            case INCLUDE -> {}
        }
        Collections.shuffle(facts, random);
        return List.copyOf(facts);
    }

    private void ofPolicy() {
        perhaps(joined(List.of("schema", "path"), ended(items.list(items::identifier))));
        perhaps(List.of("contact", items.text()));
        perhaps(List.of("read", "as", "ansi", "\"hsqldb\""));
    }

    private void ofTier() {
        perhaps(List.of("why", items.text()));
        perhaps(joined(
                List.of("forbid"), ended(items.list(() -> isSound ? any("drop", "alter", "truncate") : items.verb()))));
        perhaps(joined(
                List.of("require", "where", "on"),
                ended(items.list(() -> isSound ? any("update", "delete") : items.verb()))));
        perhaps(List.of("audit", items.any(List.of(AuditLevel.values())).word()));
        perhaps(List.of("durability", items.any(List.of(Durability.values())).word()));
        perhaps(List.of(
                "bind", "values", items.any(List.of(BindValues.values())).word()));
        limits();
    }

    private void ofTable() {
        perhaps(List.of("why", items.text()));
        if (!isSound) {
            perhaps(joined(List.of("mutable"), ended(items.list(items::identifier))));
        }
        limits();
    }

    private void ofCode() {
        perhaps(List.of("why", items.text()));
        perhaps(joined(List.of("body"), ended(items.list(items::hash))));
    }

    private void ofComponent() {
        perhaps(List.of("why", items.text()));
        perhaps(joined(List.of("connects", "as"), ended(items.list(items::user))));
        for (int count = random.nextInt(4); count > 0; count--) {
            facts.add(joined(List.of("grant"), grantedVerbs(), List.of("on"), target()));
        }
        limits();
    }

    private void ofObserve() {
        perhaps(joined(List.of("reasons"), ended(items.list(this::reason))));
        facts.add(List.of("why", items.text()));
        facts.add(List.of("until", items.time()));
    }

    private void ofTrust() {
        facts.add(List.of("why", items.text()));
        facts.add(List.of("owner", items.text()));
        facts.add(List.of("until", items.time()));
        facts.add(List.of(any("unwrap", "define", "administer")));
    }

    private void ofWaiver() {
        facts.add(List.of("why", items.text()));
        facts.add(List.of("ticket", items.text()));
        facts.add(List.of("owner", items.text()));
        facts.add(List.of("from", isSound ? "2026-11-20T08:00Z" : items.time()));
        facts.add(List.of("until", isSound ? "2026-11-27T08:00Z" : items.time()));
        String receiver = isSound ? "checkout" : items.name();
        perhaps(List.of("grant", "define", "to", receiver));
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            List<String> target = isSound ? listOfTables() : items.list(() -> items.pattern(3));
            facts.add(joined(List.of("grant"), grantedVerbs(), List.of("on"), target, List.of("to", receiver)));
        }
        if (!isSound) {
            limits();
        }
    }

    private void ofTest() {
        perhaps(List.of("why", items.text()));
        facts.add(List.of("as", items.name()));
        perhaps(List.of("at", items.time()));
        perhaps(List.of("dialect", any("h2", "postgresql")));
        for (int count = random.nextInt(4); count > 0; count--) {
            List<String> outcome = random.nextBoolean()
                    ? List.of("allow")
                    : joined(List.of(any("deny", "would-deny")), items.list(this::reason));
            List<String> rows = random.nextBoolean() ? List.of("rows", "200") : List.of();
            facts.add(joined(outcome, rows, List.of(items.text())));
        }
    }

    private void limits() {
        for (String verb : List.of("insert", "update", "delete")) {
            if (random.nextInt(4) == 0) {
                List<String> scope = random.nextBoolean() ? List.of("per", "transaction") : List.of();
                List<String> except = random.nextBoolean()
                        ? joined(
                                List.of("except"),
                                ended(items.list(() -> isSound ? "cascade" : any("cascade", "truncate"))))
                        : List.of();
                facts.add(joined(List.of("limit", verb, any("1", "500"), any("row", "rows")), scope, except));
            }
        }
    }

    private List<String> grantedVerbs() {
        if (!isSound) {
            return items.verbsWithColumns();
        }
        return random.nextInt(3) == 0
                ? joined(List.of(any("insert", "update")), items.columns())
                : joined(items.list(items::verb), List.of(",", GeneratedText.BREAK, "select"));
    }

    private List<String> target() {
        return switch (random.nextInt(isSound ? 2 : 3)) {
            case 0 -> List.of("tier", isSound ? any("ledger", "größe", "tier-2") : items.name());
            case 1 -> ended(isSound ? listOfTables() : items.list(() -> items.pattern(3)));
            default -> List.of("everything");
        };
    }

    private List<String> listOfTables() {
        return items.list(() -> items.any(tables));
    }

    private String reason() {
        return items.any(List.of(Reason.values())).code();
    }

    private void perhaps(List<String> fact) {
        if (random.nextBoolean()) {
            facts.add(fact);
        }
    }

    private String any(String... words) {
        return items.any(List.of(words));
    }
}
