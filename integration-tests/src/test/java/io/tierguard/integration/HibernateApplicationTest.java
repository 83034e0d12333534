package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.integration.StoreEntities.Company;
import io.tierguard.integration.StoreEntities.Customer;
import io.tierguard.integration.StoreEntities.Item;
import io.tierguard.integration.StoreEntities.Order;
import io.tierguard.integration.StoreEntities.Payment;
import io.tierguard.integration.StoreEntities.Person;
import io.tierguard.integration.StoreEntities.Standing;
import io.tierguard.integration.StoreEntities.Tag;
import io.tierguard.jdbc.DenialException;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hibernate ORM makes a schema and works on it. */
class HibernateApplicationTest {

    @ParameterizedTest
    @EnumSource
    void worksTheSameWithAndWithoutTheGuard(LiveDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            try (SessionFactory sessions = sessions(dataSource, "create")) {
                keep(sessions, sightings);
                change(sessions, sightings);
                ask(sessions, sightings);
                changeInBulk(sessions, sightings);
                remove(sessions, sightings);
            }
            sessions(dataSource, "update").close();
            sessions(dataSource, "validate").close();
        });
    }

    /** Without what its dialects for these versions write and the servers do not run: arrays, upserts. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void worksTheSameOnTheMySqlFamily(MySqlDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            try (SessionFactory sessions = sessions(dataSource, "create")) {
                keep(sessions, sightings);
                changeInBulk(sessions, sightings);
                remove(sessions, sightings);
            }
            sessions(dataSource, "update").close();
            sessions(dataSource, "validate").close();
        });
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void takesItsSchemaAwayAgain(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            try (SessionFactory sessions = sessions(dataSource, "create-drop")) {
                keep(sessions, sightings);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void addsToAnImmutableTableAndChangesNoRowOfIt(TestDatabase database, @TempDir Path folder) throws Exception {
        try (ApplicationDatabase shop = ApplicationDatabase.guarded(database, "payments-immutable.tierguard", folder)) {
            try (SessionFactory sessions = sessions(shop.dataSource(), "create-only")) {
                UUID id = new UUID(1, 1);
                sessions.inTransaction(session -> session.persist(payment(id, new UUID(1, 2))));
                sessions.inTransaction(session ->
                        assertThat(session.find(Payment.class, id).parts).hasSize(1));
                List<String> rows = rowsOf(shop);

                assertDenied(sessions, session -> session.find(Payment.class, id).amount = BigDecimal.TEN);
                assertDenied(
                        sessions,
                        session -> session.find(Payment.class, id).parts.clear());
                assertDenied(sessions, session -> session.remove(session.find(Payment.class, id)));
                assertDenied(
                        sessions,
                        session -> session.createMutationQuery("update Payment set amount = 0")
                                .executeUpdate());
                assertDenied(
                        sessions,
                        session -> session.createMutationQuery("delete Payment").executeUpdate());
                assertDenied(sessions, session -> {
                    Customer customer = new Customer();
                    customer.name = "rolled back with the denial";
                    session.persist(customer);
                    session.flush();
                    session.find(Payment.class, id).amount = BigDecimal.TEN;
                });

                assertThat(rowsOf(shop)).isEqualTo(rows);
            }
        }
    }

    /** The rows, without the numbers that are taken from a table where the database has no sequences. */
    private static List<String> rowsOf(ApplicationDatabase shop) throws SQLException {
        return shop.contents().rows().stream()
                .filter(row -> !row.contains("_SEQ` "))
                .toList();
    }

    private static void assertDenied(SessionFactory sessions, Consumer<Session> work) {
        assertThatThrownBy(() -> sessions.inTransaction(work::accept)).hasRootCauseInstanceOf(DenialException.class);
    }

    private static Payment payment(UUID id, UUID part) {
        Payment payment = new Payment();
        payment.id = id;
        payment.amount = BigDecimal.valueOf(100);
        Payment half = new Payment();
        half.id = part;
        half.amount = BigDecimal.valueOf(50);
        half.whole = payment;
        payment.parts.add(half);
        return payment;
    }

    private static void keep(SessionFactory sessions, Sightings sightings) {
        sessions.inTransaction(session -> {
            for (String name : List.of("Ada", "Grace", "Barbara")) {
                Customer customer = new Customer();
                customer.name = name;
                customer.phones.addAll(List.of("1", "2", "3"));
                Tag tag = new Tag();
                tag.name = "tag of " + name;
                customer.tags.add(tag);
                for (int amount = 1; amount <= 3; amount++) {
                    Order order = customer.order(amount);
                    for (int number = 0; number < 4; number++) {
                        Item item = new Item();
                        item.name = "item " + number;
                        order.items.add(item);
                    }
                }
                session.persist(customer);
            }
            for (int age = 20; age < 40; age++) {
                Person person = new Person();
                person.title = "person " + age;
                person.age = age;
                session.persist(person);
            }
            Company company = new Company();
            company.title = "Acme";
            company.legalForm = "Ltd";
            session.persist(company);
            session.persist(payment(new UUID(2, 1), new UUID(2, 2)));
        });
        sessions.inTransaction(session -> sightings.see(
                "customers",
                session.createSelectionQuery("select c.id, c.name, c.story, c.standing from Customer c", Object[].class)
                        .getResultStream()
                        .map(List::of)
                        .toList()));
    }

    private static void change(SessionFactory sessions, Sightings sightings) {
        sessions.inTransaction(session -> {
            Customer ada = byName(session, "Ada");
            ada.standing = Standing.TRUSTED;
            ada.story = "and then";
            ada.phones.remove(1);
            ada.orders.remove(0);
            ada.orders.get(0).items.remove(0);
            ada.tags.clear();
            ada.aliases = new String[] {"countess"};
        });
        sessions.inTransaction(session -> {
            Customer grace = byName(session, "Grace");
            session.lock(grace, LockModeType.PESSIMISTIC_WRITE);
            session.refresh(grace, LockModeType.PESSIMISTIC_READ);
            session.lock(grace, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
            sightings.see("version", grace.version);
            sightings.see(
                    "skipping locked rows",
                    session.createSelectionQuery("from Order o where o.amount > 1", Order.class)
                            .setHibernateLockMode(org.hibernate.LockMode.UPGRADE_SKIPLOCKED)
                            .getResultList()
                            .size());
            sightings.see(
                    "not waiting",
                    session.createSelectionQuery("from Item", Item.class)
                            .setHibernateLockMode(org.hibernate.LockMode.UPGRADE_NOWAIT)
                            .setMaxResults(2)
                            .getResultList()
                            .size());
        });
        assertFailsAlike(sessions, sightings, session -> {
            Customer twin = new Customer();
            twin.name = "Ada";
            session.persist(twin);
        });
        sessions.inStatelessTransaction(session -> upsert(session, "tag of Ada"));
    }

    private static void upsert(StatelessSession session, String name) {
        Tag tag = new Tag();
        tag.name = name;
        session.upsert(tag);
        Payment payment = new Payment();
        payment.id = new UUID(2, 1);
        payment.amount = BigDecimal.valueOf(101);
        session.upsert(payment);
        payment.id = new UUID(2, 9);
        session.upsert(payment);
    }

    private static Customer byName(Session session, String name) {
        return session.createSelectionQuery("from Customer where name = :name", Customer.class)
                .setParameter("name", name)
                .getSingleResult();
    }

    private static void ask(SessionFactory sessions, Sightings sightings) {
        sessions.inTransaction(session -> {
            for (String hql : List.of(
                    "select c.name, count(o), sum(o.amount) from Customer c left join c.orders o group by c.name order by c.name",
                    "select c.name from Customer c where exists (select 1 from c.orders o where o.amount > 2) order by 1",
                    "select p.title from Party p where treat(p as Person).age > 35 order by p.title",
                    "select rank() over (partition by o.customer order by o.amount desc), o.id from Order o order by 2",
                    "with big as (select o.id as id, o.amount as amount from Order o where o.amount > 1) select count(*) from big",
                    "select listagg(c.name, ', ') within group (order by c.name) from Customer c",
                    "select cast(c.id as String), upper(c.name) || '!', substring(c.name, 1, 2) from Customer c order by c.id",
                    "select extract(year from c.since), c.since + 1 day, coalesce(c.name, '') from Customer c order by c.id",
                    "select case when size(c.orders) > 2 then 'many' else 'few' end from Customer c order by c.id",
                    "select t.name from Tag t union all select c.name from Customer c order by 1",
                    "select c.name, l.amount from Customer c join lateral (select o.amount as amount from c.orders o order by o.amount desc limit 1) l on true order by 1",
                    "select array_length(c.aliases), array_contains(c.aliases, 'a') from Customer c order by c.id",
                    "select trim(leading from lower(c.name)), replace(c.name, 'a', 'o'), position('a' in c.name) from Customer c order by c.id",
                    "select mod(o.id, 2), round(o.amount, 1), abs(o.amount), floor(o.amount) from Order o order by o.id",
                    "select c.name from Customer c where c.name ilike '%A%' and c.since between {d 2020-01-01} and local date order by 1")) {
                sightings.see(
                        hql,
                        session.createSelectionQuery(hql, Object.class).getResultList().stream()
                                .map(row -> row instanceof Object[] columns ? List.of(columns) : row)
                                .toList());
            }
            sightings.see(
                    "second page",
                    session.createSelectionQuery("select p.title from Person p order by p.id", String.class)
                            .setFirstResult(5)
                            .setMaxResults(5)
                            .getResultList());
            sightings.see(
                    "native",
                    session.createNativeQuery("SELECT name FROM customer WHERE id > :id ORDER BY name", String.class)
                            .setParameter("id", 0)
                            .getResultList());
            try (var rows = session.createSelectionQuery("from Item i order by i.id", Item.class)
                    .setFetchSize(3)
                    .scroll()) {
                rows.last();
                sightings.see("last row", rows.getRowNumber());
            }
        });
    }

    private static void changeInBulk(SessionFactory sessions, Sightings sightings) {
        sessions.inTransaction(session -> {
            for (String hql : List.of(
                    "update Order o set o.amount = o.amount + 1, o.remark = 'x' where o.customer.name = 'Ada'",
                    "update versioned Customer set standing = TRUSTED",
                    "update Person p set p.title = 'senior', p.age = p.age + 1 where p.age > 35",
                    "delete Party p where p.title = 'senior'",
                    "insert into Tag (name) select c.name from Customer c",
                    "insert into Tag (name) values ('Ada'), ('Alan') on conflict (name) do nothing",
                    "insert into Tag (name) values ('Ada') on conflict (name) do update set name = excluded.name || '!'",
                    "insert into Person (title, age) select p.title, p.age from Person p where p.age = 30")) {
                sightings.see(hql, session.createMutationQuery(hql).executeUpdate());
            }
            sightings.see(
                    "native update",
                    session.createNativeMutationQuery("UPDATE item SET name = 'y' WHERE name = ?")
                            .setParameter(1, "item 3")
                            .executeUpdate());
        });
    }

    private static void remove(SessionFactory sessions, Sightings sightings) {
        sessions.inTransaction(session -> session.remove(byName(session, "Grace")));
        sessions.inTransaction(session -> {
            sightings.see(
                    "deleted items",
                    session.createMutationQuery(
                                    "delete Item i where i.name = 'item 2' and not exists (from Order o join o.items j where j = i)")
                            .executeUpdate());
        });
    }

    private static void assertFailsAlike(SessionFactory sessions, Sightings sightings, Consumer<Session> work) {
        assertThatThrownBy(() -> sessions.inTransaction(work::accept))
                .satisfies(failure -> sightings.see("failure", failure.getClass()));
    }

    private static SessionFactory sessions(DataSource dataSource, String schema) {
        Configuration configuration = new Configuration();
        for (Class<?> entity : StoreEntities.ALL) {
            configuration.addAnnotatedClass(entity);
        }
        configuration.getProperties().put("hibernate.connection.datasource", dataSource);
        return configuration
                .setProperty("hibernate.hbm2ddl.auto", schema)
                .setProperty("hibernate.jdbc.batch_size", "10")
                .setProperty("hibernate.order_inserts", "true")
                .buildSessionFactory();
    }
}
