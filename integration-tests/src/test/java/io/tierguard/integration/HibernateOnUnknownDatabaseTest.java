package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hibernate ORM on a database that the driver does not know: all that it writes by itself is plain enough. */
class HibernateOnUnknownDatabaseTest {
    private static final String POLICY = """
            policy shop {
              read as ansi "hsqldb"
            }
            tier ledger is immutable
            tier operational is mutable
            table payment is ledger
            table * is operational
            component app {
              grant select, insert, update, delete, create, extend, alter on tier operational
              grant select, insert, create, extend on payment
            }
            """;

    private static final List<String> QUESTIONS = List.of(
            "select c.name, count(p), sum(p.total) from Client c left join c.purchases p group by c.name order by count(p) desc",
            "select upper(c.name), substring(c.name, 1, 2), coalesce(c.name, 'x'), cast(c.version as String), locate('a', c.name),"
                    + " extract(month from c.born), abs(c.version), trim(c.name), left(c.name, 1) from Client c",
            "select p from Purchase p where exists (select 1 from Client c where c = p.client and 'u' member of c.tags)",
            "select c from Client c join fetch c.purchases where c.name like 'n!%%' escape '!'",
            "select case when c.version > 1 then 1 else 0 end, local date from Client c",
            "select c.id from Client c union all select p.id from Purchase p");

    /** Somebody who buys. */
    @Entity(name = "Client")
    static class Client {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        String name = "";

        @Version
        int version;

        @Nullable
        LocalDate born;

        @ElementCollection
        Set<String> tags = new HashSet<>();

        @OneToMany(mappedBy = "client", cascade = CascadeType.ALL, orphanRemoval = true)
        List<Purchase> purchases = new ArrayList<>();
    }

    /** What somebody bought. */
    @Entity(name = "Purchase")
    static class Purchase {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @ManyToOne
        @Nullable
        Client client;

        int total;
    }

    /** What is never changed. */
    @Entity(name = "Payment")
    static class Payment {
        @Id
        int id;

        BigDecimal amount = BigDecimal.ONE;
    }

    @Test
    void anApplicationWorksAndItsLedgerStaysAsItIs(@TempDir Path folder) throws Exception {
        Path policy = folder.resolve("shop.tierguard");
        Files.writeString(policy, POLICY);
        String url = "jdbc:tierguard:hsqldb:mem:hibernate;tierguard.policy=" + policy
                + ";tierguard.component=app;tierguard.audit=" + folder.resolve("audit.jsonl");
        try (Connection open = DriverManager.getConnection("jdbc:hsqldb:mem:hibernate");
                SessionFactory sessions = sessions(url)) {
            assertThat(open.isValid(1)).isTrue();
            keep(sessions);
            for (String question : QUESTIONS) {
                sessions.inTransaction(session -> session.createQuery(question, Object.class)
                        .setFirstResult(0)
                        .setMaxResults(10)
                        .getResultList());
            }
            change(sessions);
            assertThatThrownBy(() ->
                            sessions.inTransaction(session -> session.find(Payment.class, 1).amount = BigDecimal.TEN))
                    .hasRootCauseInstanceOf(DenialException.class);
            assertThatThrownBy(() -> sessions.inTransaction(session ->
                            session.createMutationQuery("delete from Payment").executeUpdate()))
                    .hasRootCauseInstanceOf(DenialException.class);
            sessions.inTransaction(
                    session -> assertThat(session.find(Payment.class, 1).amount).isEqualByComparingTo(BigDecimal.ONE));
            try (Statement end = open.createStatement()) {
                end.execute("SHUTDOWN");
            }
        }
    }

    private static SessionFactory sessions(String url) {
        Configuration configuration = new Configuration();
        for (Class<?> entity : List.of(Client.class, Purchase.class, Payment.class)) {
            configuration.addAnnotatedClass(entity);
        }
        configuration.setProperty("hibernate.connection.url", url);
        configuration.setProperty("jakarta.persistence.schema-generation.database.action", "create");
        configuration.setProperty("hibernate.hbm2ddl.halt_on_error", "true");
        configuration.setProperty("hibernate.jdbc.batch_size", "5");
        configuration.setProperty("hibernate.use_sql_comments", "true");
        return configuration.buildSessionFactory();
    }

    private static void keep(SessionFactory sessions) {
        sessions.inTransaction(session -> {
            for (int number = 0; number < 3; number++) {
                Client client = new Client();
                client.name = "n%" + number;
                client.tags.add("t");
                Purchase purchase = new Purchase();
                purchase.client = client;
                client.purchases.add(purchase);
                session.persist(client);
            }
            Payment payment = new Payment();
            payment.id = 1;
            session.persist(payment);
        });
    }

    private static void change(SessionFactory sessions) {
        sessions.inTransaction(session -> {
            Client client = session.createQuery("from Client c where c.name = 'n%1'", Client.class)
                    .getSingleResult();
            client.name = "other";
            client.tags.add("u");
            client.purchases.clear();
        });
        sessions.inTransaction(session -> {
            session.createMutationQuery("update Purchase p set p.total = p.total + 1 where p.total >= 0")
                    .executeUpdate();
            session.createMutationQuery("update versioned Client set name = 'q' where name = 'other'")
                    .executeUpdate();
            session.createMutationQuery("delete from Purchase p where p.total > 100")
                    .executeUpdate();
            Client client = session.createQuery("from Client c order by c.id", Client.class)
                    .setMaxResults(1)
                    .getSingleResult();
            session.lock(client, LockModeType.PESSIMISTIC_WRITE);
            session.remove(client);
        });
    }
}
