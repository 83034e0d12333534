package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.groupConcat;
import static org.jooq.impl.DSL.jsonObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.localDateTimeAdd;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.primaryKey;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.values;
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

/** jOOQ's language as it is rendered for MariaDB and MySQL. */
class JooqMySqlTest {
    private static final Table<Record> SALE = table(name("sale"));
    private static final Field<Integer> ID = field(name("sale", "id"), INTEGER);
    private static final Field<String> SHOP = field(name("sale", "shop"), VARCHAR(20));
    private static final Field<Integer> AMOUNT = field(name("sale", "amount"), INTEGER);
    private static final Field<LocalDateTime> SOLD = field(name("sale", "sold"), LOCALDATETIME);
    private static final Table<Record> TOTAL = table(name("total"));
    private static final Field<String> OF_SHOP = field(name("total", "of_shop"), VARCHAR(20));
    private static final Field<Integer> SUM = field(name("total", "sum"), INTEGER);

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void renders(MySqlDatabase database, @TempDir Path folder) throws Exception {
        // jOOQ asks for several statements in one text.
        SQLDialect dialect = database.isMariaDb() ? SQLDialect.MARIADB : SQLDialect.MYSQL;
        ApplicationSql.hold("jOOQ", database, "&allowMultiQueries=true", folder, 0, (dataSource, sightings) -> {
            DSLContext jooq = using(dataSource, dialect);
            define(jooq);
            write(jooq);
            ask(jooq);
            assertThat(jooq.meta().getTables("sale")).isNotEmpty();
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
        jooq.createTableIfNotExists(TOTAL)
                .column(OF_SHOP, VARCHAR(20).notNull())
                .column(SUM)
                .primaryKey(OF_SHOP)
                .execute();
        jooq.createUniqueIndex("sale_once").on(SALE, SHOP, AMOUNT).execute();
        jooq.createOrReplaceView("big")
                .as(select(ID, AMOUNT).from(SALE).where(AMOUNT.gt(5)))
                .execute();
    }

    private static void write(DSLContext jooq) {
        jooq.insertInto(SALE, SHOP, AMOUNT).values("main", 1).values("small", 3).execute();
        jooq.insertInto(SALE)
                .columns(SHOP, AMOUNT)
                .select(select(concat(SHOP, val("!")), AMOUNT.plus(10))
                        .from(SALE)
                        .where(AMOUNT.lt(3)))
                .execute();
        jooq.insertInto(SALE)
                .set(SHOP, "x")
                .set(AMOUNT, 9)
                .onDuplicateKeyIgnore()
                .execute();
        jooq.insertInto(TOTAL, OF_SHOP, SUM)
                .values("main", 1)
                .onDuplicateKeyUpdate()
                .set(SUM, SUM.plus(1))
                .execute();
        jooq.insertInto(TOTAL, OF_SHOP, SUM)
                .select(select(SHOP, sum(AMOUNT).cast(INTEGER)).from(SALE).groupBy(SHOP))
                .onDuplicateKeyUpdate()
                .set(SUM, 0)
                .execute();
        jooq.insertInto(SALE, SHOP).values("y").returning(ID).fetch();
        jooq.update(SALE)
                .set(AMOUNT, case_(SHOP).when("main", AMOUNT.plus(100)).else_(AMOUNT))
                .where(ID.gt(0))
                .execute();
        jooq.update(SALE.join(TOTAL).on(SHOP.eq(OF_SHOP)))
                .set(AMOUNT, AMOUNT.plus(SUM).plus(1_000))
                .where(ID.gt(1))
                .execute();
        jooq.update(SALE)
                .set(SHOP, select(max(OF_SHOP)).from(TOTAL).where(OF_SHOP.like("m%")))
                .where(ID.eq(1))
                .orderBy(ID)
                .limit(1)
                .execute();
        jooq.deleteFrom(SALE)
                .where(SHOP.in(select(OF_SHOP).from(TOTAL).where(SUM.gt(5_000))))
                .execute();
        jooq.batch(jooq.insertInto(SALE, SHOP, AMOUNT).values((String) null, null))
                .bind("b1", 70)
                .bind("b2", 71)
                .execute();
    }

    private static void ask(DSLContext jooq) {
        jooq.select(
                        SHOP,
                        count(),
                        countDistinct(AMOUNT),
                        groupConcat(AMOUNT).orderBy(AMOUNT).separator("; "))
                .from(SALE)
                .groupBy(SHOP)
                .having(count().ge(1))
                .orderBy(SHOP.desc().nullsLast())
                .fetch();
        jooq.select(ID, lag(AMOUNT, 1).over().partitionBy(SHOP).orderBy(ID))
                .from(SALE)
                .fetch();
        jooq.select(jsonObject(key("shop").value(SHOP), key("amount").value(AMOUNT)))
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
        if (jooq.dialect() == SQLDialect.MARIADB) { // the MySQL that can be started is older than this
            jooq.select(asterisk())
                    .from(values(row(1, "a"), row(2, "b")).as("v", "i", "s"))
                    .fetch();
        }
        jooq.select(SHOP)
                .from(SALE)
                .union(select(OF_SHOP).from(TOTAL))
                .orderBy(1)
                .limit(3)
                .offset(1)
                .fetch();
        jooq.select(localDateTimeAdd(SOLD, 3, DatePart.DAY), cast(AMOUNT, VARCHAR), coalesce(AMOUNT, 0))
                .from(SALE)
                .where(SOLD.le(LocalDateTime.now().plusDays(1)))
                .and(SHOP.likeIgnoreCase("M%").or(SHOP.like("x!%", '!')).not().or(SHOP.isNotNull()))
                .fetch();
        jooq.select(ID)
                .from(SALE)
                .where(row(SHOP, AMOUNT).in(row("main", 1), row("main", 5)))
                .and(notExists(selectOne().from(TOTAL).where(SUM.gt(AMOUNT))))
                .fetch();
        jooq.selectFrom(SALE).where(ID.eq(1)).forUpdate().fetch();
        jooq.selectFrom(SALE).where(ID.eq(1)).forShare().fetch();
        jooq.fetchExists(SALE);
        jooq.fetchCount(select(ID).from(SALE));
        jooq.selectFrom(SALE).fetchLazy().close();
    }

    private static void alter(DSLContext jooq) {
        jooq.alterTable(SALE).add(field(name("note"), VARCHAR(10))).execute();
        jooq.alterTable(SALE).alter(field(name("note"))).set(VARCHAR(40)).execute();
        jooq.alterTable(SALE).alter(field(name("note"))).setDefault(val("none")).execute();
        jooq.alterTable(SALE)
                .renameColumn(field(name("note")))
                .to(field(name("remark")))
                .execute();
        jooq.alterTable(SALE).drop(field(name("remark"))).execute();
        jooq.alterTable(TOTAL).renameTo("totals").execute();
        jooq.alterTable("totals").renameTo("total").execute();
        jooq.commentOnTable(TOTAL).is("by shop").execute();
        jooq.dropIndex("sale_once").on(SALE).execute();
        jooq.dropViewIfExists("big").execute();
        jooq.truncate(SALE).execute();
        jooq.createTemporaryTable("scratch").column("id", INTEGER).execute();
        jooq.dropTemporaryTableIfExists("scratch").execute();
    }
}
