package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written through a view is known only where its query is read exactly. */
class UnreadViewTest {
    private static final TableName VIEW = TableName.of("shop", "v");

    private static SchemaSnapshot snapshot(String query) {
        View view = new View(View.Kind.VIEW, VIEW, Set.of(), query);
        return new SchemaSnapshot(
                Dialect.MYSQL,
                new SchemaContent(
                        Set.of(TableName.of("shop", "ledger")),
                        Set.of(),
                        List.of(view),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        UserCode.NONE,
                        Dependencies.NONE,
                        TableTraits.NONE));
    }

    private static EffectClosure.Closed closed(String query, Verb verb) {
        return EffectClosure.close(snapshot(query), Effect.of(verb, VIEW), List.of("shop"), StatedCode.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"INSERT", "UPDATE", "DELETE"})
    void aWriteThroughOneOfJsonIsHidden(Verb verb) {
        String query = "select json_duality_object(with(insert,update,delete) '_id': `shop`.`ledger`.`id`) AS `data`"
                + " from `shop`.`ledger`";
        assertThat(closed(query, verb).hiddenCode()).singleElement().asString().startsWith("what stands behind shop.v");
    }

    @Test
    void readingItIsNot() {
        assertThat(closed("select json_duality_object('_id': `id`) AS `data` from `shop`.`ledger`", Verb.SELECT)
                        .hiddenCode())
                .isEmpty();
    }

    @Test
    void aWriteThroughAPlainOneIsOneOfItsTable() {
        EffectClosure.Closed closed = closed("select `id` from `shop`.`ledger`", Verb.DELETE);
        assertThat(closed.hiddenCode()).isEmpty();
        assertThat(closed.effects()).anyMatch(effect -> effect.table().equals(TableName.of("shop", "ledger")));
    }
}
