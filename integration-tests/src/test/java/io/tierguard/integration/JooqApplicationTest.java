package io.tierguard.integration;

import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.nio.file.Path;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jOOQ renders and runs SQL without generated classes. */
class JooqApplicationTest {
    private static final Table<Record> CUSTOMER = table(name("customer"));
    private static final Field<Integer> ID = field(name("customer", "id"), INTEGER);
    private static final Field<String> NAME = field(name("customer", "name"), VARCHAR(40));
    private static final Table<Record> ORDER = table(name("order"));
    private static final Field<Integer> ORDER_ID = field(name("order", "id"), INTEGER);
    private static final Field<Integer> CUSTOMER_ID = field(name("order", "customer_id"), INTEGER);
    private static final Field<Integer> AMOUNT = field(name("order", "amount"), INTEGER);

    @ParameterizedTest
    @EnumSource
    void worksTheSameWithAndWithoutTheGuard(LiveDatabase database, @TempDir Path folder) throws Exception {
        SQLDialect dialect = database == LiveDatabase.H2 ? SQLDialect.H2 : SQLDialect.POSTGRES;
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            DSLContext jooq = using(dataSource, dialect);
            define(jooq);
            write(jooq, sightings);
            ask(jooq, sightings);
            jooq.transaction(outer -> {
                using(outer).deleteFrom(ORDER).where(AMOUNT.gt(100)).execute();
                try {
                    using(outer).transaction(inner -> {
                        using(inner).deleteFrom(ORDER).execute();
                        throw new IllegalStateException("undo");
                    });
                } catch (IllegalStateException undone) {
                    sightings.see("left", using(outer).fetchCount(ORDER));
                }
            });
            sightings.see("tables", jooq.meta().getTables("customer").size());
            jooq.dropView(table(name("big"))).execute();
            jooq.truncate(table(name("scratch"))).execute();
            jooq.dropTable(table(name("scratch"))).execute();
        });
    }

    private static void define(DSLContext jooq) {
        jooq.createTable(CUSTOMER)
                .column(ID, INTEGER.identity(true))
                .column(NAME, VARCHAR(40).nullable(false))
                .constraints(
                        constraint("customer_key").primaryKey(ID),
                        constraint("customer_name").unique(NAME))
                .execute();
        jooq.createTableIfNotExists(ORDER)
                .column(ORDER_ID, INTEGER.identity(true))
                .column(CUSTOMER_ID)
                .column(AMOUNT, INTEGER.defaultValue(1))
                .constraints(
                        constraint("order_key").primaryKey(ORDER_ID),
                        constraint("order_customer")
                                .foreignKey(CUSTOMER_ID)
                                .references(CUSTOMER, ID)
                                .onDeleteCascade())
                .execute();
        jooq.createIndexIfNotExists("order_amount").on(ORDER, AMOUNT.desc()).execute();
        jooq.alterTable(CUSTOMER).addColumn("standing", INTEGER.defaultValue(0)).execute();
        jooq.commentOnTable(CUSTOMER).is("who buys").execute();
        jooq.createSequence("numbers").startWith(10).execute();
        jooq.createOrReplaceView("big")
                .as(select(ORDER_ID).from(ORDER).where(AMOUNT.gt(inline(1))))
                .execute();
        jooq.createTable("scratch")
                .as(select(ID, NAME).from(CUSTOMER))
                .withNoData()
                .execute();
    }

    private static void write(DSLContext jooq, Sightings sightings) {
        sightings.see(
                "returned",
                jooq.insertInto(CUSTOMER, NAME)
                        .values("Ada")
                        .values("Grace")
                        .returningResult(ID, NAME)
                        .fetch());
        sightings.see(
                "upsert",
                jooq.insertInto(CUSTOMER, ID, NAME)
                        .values(1, "Ada L.")
                        .onConflict(ID)
                        .doUpdate()
                        .set(NAME, excluded(NAME))
                        .execute());
        sightings.see(
                "ignored",
                jooq.insertInto(CUSTOMER, ID, NAME)
                        .values(1, "x")
                        .onConflict(ID)
                        .doNothing()
                        .execute());
        sightings.see(
                "merged",
                jooq.mergeInto(CUSTOMER)
                        .using(select(val(2).as("i"), val("Grace H.").as("n")).asTable("s"))
                        .on(ID.eq(field(name("s", "i"), INTEGER)))
                        .whenMatchedThenUpdate()
                        .set(NAME, field(name("s", "n"), VARCHAR))
                        .whenNotMatchedThenInsert(NAME)
                        .values(field(name("s", "n"), VARCHAR))
                        .execute());
        Query[] inserts = new Query[20];
        for (int i = 0; i < inserts.length; i++) {
            inserts[i] = jooq.insertInto(ORDER, CUSTOMER_ID, AMOUNT).values(1 + i % 2, i);
        }
        sightings.see("batch", jooq.batch(inserts).execute().length);
        sightings.see(
                "updated from",
                jooq.update(ORDER)
                        .set(AMOUNT, AMOUNT.plus(1))
                        .where(CUSTOMER_ID.in(select(ID).from(CUSTOMER).where(NAME.like("Ada%"))))
                        .execute());
        sightings.see(
                "plain", jooq.execute("update \"order\" set \"amount\" = ? where \"id\" = ? /* why not {1} */", 50, 1));
        sightings.see("next", jooq.nextval("numbers"));
    }

    private static void ask(DSLContext jooq, Sightings sightings) {
        sightings.see(
                "ranked",
                jooq.with("ranked")
                        .as(select(
                                        ORDER_ID,
                                        rowNumber()
                                                .over()
                                                .partitionBy(CUSTOMER_ID)
                                                .orderBy(AMOUNT.desc())
                                                .as("place"))
                                .from(ORDER))
                        .select(field(name("id")))
                        .from(name("ranked"))
                        .where(field(name("place"), INTEGER).eq(1))
                        .orderBy(1)
                        .fetch());
        sightings.see(
                "nested",
                jooq.select(
                                NAME,
                                multiset(select(AMOUNT)
                                        .from(ORDER)
                                        .where(CUSTOMER_ID.eq(ID))
                                        .orderBy(AMOUNT)))
                        .from(CUSTOMER)
                        .orderBy(ID)
                        .fetch());
        sightings.see(
                "grouped",
                jooq.select(CUSTOMER_ID, count(), max(AMOUNT))
                        .from(ORDER)
                        .groupBy(CUSTOMER_ID)
                        .having(count().gt(1))
                        .orderBy(CUSTOMER_ID)
                        .limit(5)
                        .offset(0)
                        .fetch());
        sightings.see(
                "locked",
                jooq.select(ORDER_ID)
                        .from(ORDER)
                        .orderBy(ORDER_ID)
                        .limit(2)
                        .forUpdate()
                        .skipLocked()
                        .fetch());
        sightings.see("plain", jooq.fetch("select {0} from \"customer\" where \"name\" like '%?%'", inline(1)));
    }
}
