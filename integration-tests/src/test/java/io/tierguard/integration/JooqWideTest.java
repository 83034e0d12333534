package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.boolOr;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.currentTimestamp;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.extract;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.jsonArrayAgg;
import static org.jooq.impl.DSL.jsonObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.listAgg;
import static org.jooq.impl.DSL.localDateTimeAdd;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.percentileCont;
import static org.jooq.impl.DSL.primaryKey;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.values;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.LOCALDATETIME;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.nio.file.Path;
import java.time.LocalDateTime;
import org.jooq.DSLContext;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The width of jOOQ's language, as its open-source dialects render it. */
class JooqWideTest {
    private static final Table<Record> SALE = table(name("sale"));
    private static final Field<Integer> ID = field(name("sale", "id"), INTEGER);
    private static final Field<String> SHOP = field(name("sale", "shop"), VARCHAR(20));
    private static final Field<Integer> AMOUNT = field(name("sale", "amount"), INTEGER);
    private static final Field<LocalDateTime> SOLD = field(name("sale", "sold"), LOCALDATETIME);
    private static final Table<Record> TOTAL = table(name("total"));
    private static final Field<String> OF_SHOP = field(name("total", "of_shop"), VARCHAR(20));
    private static final Field<Integer> SUM = field(name("total", "sum"), INTEGER);

    @ParameterizedTest
    @EnumSource
    void renders(LiveDatabase database, @TempDir Path folder) throws Exception {
        SQLDialect dialect = database == LiveDatabase.H2 ? SQLDialect.H2 : SQLDialect.POSTGRES;
        // On H2 a key of JSON_OBJECT that is an expression is read by its words only.
        ApplicationSql.hold("jOOQ", database, folder, database == LiveDatabase.H2 ? 1 : 0, (dataSource, sightings) -> {
            DSLContext jooq = using(dataSource, dialect);
            define(jooq);
            write(jooq);
            ask(jooq);
            merge(jooq);
            assertThat(jooq.meta().getTables()).isNotEmpty();
            jooq.meta().getSchemas().stream()
                    .filter(schema -> schema.getName().equalsIgnoreCase("public"))
                    .forEach(schema -> jooq.ddl(schema).queries());
            alter(jooq);
        });
    }

    private static void define(DSLContext jooq) {
        jooq.createTable(SALE)
                .column(ID, INTEGER.identity(true))
                .column(SHOP, VARCHAR(20).notNull().defaultValue("main"))
                .column(AMOUNT)
                .column(SOLD, LOCALDATETIME.defaultValue(field("CURRENT_TIMESTAMP", LOCALDATETIME)))
                .constraints(primaryKey(ID))
                .execute();
        jooq.createTable(TOTAL).column(OF_SHOP).column(SUM).primaryKey(OF_SHOP).execute();
        jooq.createUniqueIndexIfNotExists("sale_once").on(SALE, SHOP, AMOUNT).execute();
        jooq.createView("big")
                .as(select(ID, AMOUNT).from(SALE).where(AMOUNT.gt(5)))
                .execute();
        jooq.createSequenceIfNotExists("numbers")
                .incrementBy(5)
                .minvalue(1)
                .maxvalue(1000)
                .execute();
    }

    private static void write(DSLContext jooq) {
        jooq.insertInto(SALE, SHOP, AMOUNT)
                .values("main", 1)
                .values("main", 2)
                .values("small", 3)
                .execute();
        jooq.insertInto(SALE)
                .columns(SHOP, AMOUNT)
                .select(select(concat(SHOP, val("!")), AMOUNT.plus(10))
                        .from(SALE)
                        .where(AMOUNT.lt(3)))
                .execute();
        if (jooq.dialect() == SQLDialect.POSTGRES) {
            jooq.insertInto(SALE)
                    .set(SHOP, "x")
                    .set(AMOUNT, 9)
                    .onConflictDoNothing()
                    .execute();
            jooq.insertInto(TOTAL, OF_SHOP, SUM)
                    .values("main", 1)
                    .onConflict(OF_SHOP)
                    .doUpdate()
                    .set(SUM, excluded(SUM))
                    .where(SUM.lt(100))
                    .execute();
        }
        jooq.insertInto(SALE).defaultValues().returning(ID).fetch();
        jooq.update(SALE)
                .set(row(SHOP, AMOUNT), select(val("y"), max(SUM)).from(TOTAL))
                .where(ID.eq(1))
                .execute();
        jooq.update(SALE)
                .set(AMOUNT, case_(SHOP).when("main", AMOUNT.plus(100)).else_(AMOUNT))
                .where(ID.gt(0))
                .returning(ID, AMOUNT)
                .fetch();
        jooq.update(SALE)
                .set(AMOUNT, AMOUNT.plus(SUM).plus(1_000))
                .from(TOTAL)
                .where(SHOP.eq(OF_SHOP))
                .returning(ID, SHOP)
                .fetch();
        jooq.update(SALE)
                .set(SHOP, select(max(OF_SHOP)).from(TOTAL))
                .where(SHOP.in(select(OF_SHOP).from(TOTAL)))
                .returning(asterisk())
                .fetch();
        jooq.deleteFrom(SALE)
                .where(ID.in(select(max(ID)).from(SALE)))
                .returning(asterisk())
                .fetch();
        jooq.batch(jooq.insertInto(SALE, SHOP, AMOUNT).values((String) null, null))
                .bind("b1", 70)
                .bind("b2", 71)
                .execute();
    }

    private static void ask(DSLContext jooq) {
        jooq.select(SHOP, count(), countDistinct(AMOUNT), sum(AMOUNT).filterWhere(AMOUNT.gt(1)), boolOr(AMOUNT.gt(2)))
                .from(SALE)
                .groupBy(SHOP)
                .having(count().ge(1))
                .orderBy(SHOP.desc().nullsLast())
                .fetch();
        jooq.select(
                        ID,
                        lag(AMOUNT, 1).over().partitionBy(SHOP).orderBy(ID),
                        sum(AMOUNT).over().orderBy(ID).rowsBetweenPreceding(1).andCurrentRow())
                .from(SALE)
                .fetch();
        jooq.select(
                        listAgg(SHOP, ",").withinGroupOrderBy(SHOP),
                        arrayAgg(AMOUNT).orderBy(AMOUNT),
                        percentileCont(0.5).withinGroupOrderBy(AMOUNT))
                .from(SALE)
                .fetch();
        jooq.select(jsonArrayAgg(
                        jsonObject(key("shop").value(SHOP), key("amount").value(AMOUNT))))
                .from(SALE)
                .fetch();
        jooq.withRecursive("t", "n")
                .as(select(val(1))
                        .unionAll(select(field(name("n"), INTEGER).plus(1))
                                .from(table(name("t")))
                                .where(field(name("n"), INTEGER).lt(5))))
                .select(field(name("n")))
                .from(table(name("t")))
                .fetch();
        jooq.select(values(row(1, "a"), row(2, "b")).as("v", "i", "s").asterisk())
                .from(values(row(1, "a"), row(2, "b")).as("v", "i", "s"))
                .fetch();
        jooq.select(SHOP)
                .from(SALE)
                .union(select(OF_SHOP).from(TOTAL))
                .except(select(val("q")))
                .intersect(select(SHOP).from(SALE))
                .fetch();
        jooq.select(
                        extract(SOLD, DatePart.YEAR),
                        localDateTimeAdd(SOLD, 3, DatePart.DAY),
                        cast(AMOUNT, VARCHAR),
                        coalesce(AMOUNT, 0),
                        currentTimestamp())
                .from(SALE)
                .where(SOLD.le(LocalDateTime.now().plusDays(1)))
                .and(SHOP.likeIgnoreCase("M%").or(SHOP.like("x!%", '!')).not().or(SHOP.isNotNull()))
                .fetch();
        jooq.select(when(AMOUNT.between(1, 5), "low").otherwise("high"))
                .from(SALE)
                .where(row(SHOP, AMOUNT).in(row("main", 1), row("main", 5)))
                .and(notExists(selectOne().from(TOTAL).where(SUM.gt(AMOUNT))))
                .fetch();
        jooq.selectDistinct(SHOP, AMOUNT)
                .on(SHOP)
                .from(SALE)
                .orderBy(SHOP, AMOUNT.desc())
                .fetch();
        jooq.select(ID)
                .from(SALE)
                .orderBy(SOLD, ID)
                .seek(LocalDateTime.MIN.withYear(2000), 0)
                .limit(3)
                .fetch();
        jooq.select(ID).from(SALE).orderBy(ID).limit(2).withTies().fetch();
        jooq.selectFrom(SALE).where(ID.eq(1)).forUpdate().noWait().fetch();
        jooq.selectFrom(SALE).where(ID.gt(0)).forUpdate().skipLocked().fetch();
        jooq.nextval("numbers");
        jooq.fetchExists(SALE);
        jooq.fetchCount(select(ID).from(SALE));
        jooq.selectFrom(SALE).fetchLazy().close();
    }

    private static void merge(DSLContext jooq) {
        Table<?> source = select(SHOP.as("s"), sum(AMOUNT).cast(INTEGER).as("a"))
                .from(SALE)
                .groupBy(SHOP)
                .asTable("src");
        jooq.mergeInto(TOTAL)
                .using(source)
                .on(OF_SHOP.eq(field(name("src", "s"), VARCHAR)))
                .whenMatchedAnd(SUM.gt(1000))
                .thenDelete()
                .whenMatchedThenUpdate()
                .set(SUM, field(name("src", "a"), INTEGER))
                .whenNotMatchedThenInsert(OF_SHOP, SUM)
                .values(field(name("src", "s"), VARCHAR), field(name("src", "a"), INTEGER))
                .execute();
    }

    private static void alter(DSLContext jooq) {
        jooq.alterTable(SALE).add(field(name("note"), VARCHAR(10))).execute();
        jooq.alterTable(SALE).alter(field(name("note"))).set(VARCHAR(40)).execute();
        jooq.alterTable(SALE).alter(field(name("note"))).setDefault(val("none")).execute();
        jooq.update(SALE).set(field(name("note"), VARCHAR), "none").execute();
        jooq.alterTable(SALE).alter(field(name("note"))).setNotNull().execute();
        jooq.alterTable(SALE).alter(field(name("note"))).dropNotNull().execute();
        jooq.alterTable(SALE)
                .renameColumn(field(name("note")))
                .to(field(name("remark")))
                .execute();
        jooq.alterTable(SALE).dropIfExists(field(name("remark"))).execute();
        jooq.alterTable(TOTAL).renameTo("totals").execute();
        jooq.alterTable("totals").renameTo("total").execute();
        jooq.alterIndex("sale_once").renameTo("sale_single").execute();
        jooq.alterSequence("numbers").restartWith(100).execute();
        jooq.commentOnColumn(SHOP).is("where it's sold").execute();
        jooq.dropIndexIfExists("sale_single").execute();
        jooq.dropViewIfExists("big").execute();
        jooq.dropSequenceIfExists("numbers").execute();
        jooq.truncate(SALE).restartIdentity().execute();
        jooq.createTemporaryTable("scratch").column("id", INTEGER).execute();
        jooq.dropTemporaryTableIfExists("scratch").execute();
    }
}
