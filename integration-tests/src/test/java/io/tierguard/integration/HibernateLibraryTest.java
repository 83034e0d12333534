package io.tierguard.integration;

import io.tierguard.integration.LibraryEntities.Author;
import io.tierguard.integration.LibraryEntities.Book;
import io.tierguard.integration.LibraryEntities.Branch;
import io.tierguard.integration.LibraryEntities.Details;
import io.tierguard.integration.LibraryEntities.Film;
import io.tierguard.integration.LibraryEntities.Loan;
import io.tierguard.integration.LibraryEntities.LoanId;
import io.tierguard.integration.LibraryEntities.Note;
import io.tierguard.integration.LibraryEntities.Student;
import io.tierguard.integration.LibraryEntities.Teacher;
import jakarta.persistence.LockModeType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.LockMode;
import org.hibernate.ScrollMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hibernate ORM with its less common mappings, every kind of HQL, and on H2 as another database's stand-in. */
class HibernateLibraryTest {
    private static final List<String> QUESTIONS = List.of(
            "select b.title, count(a), max(b.price) from Book b left join b.authors a group by b.title having count(a) >= 0",
            "select distinct b from Book b join fetch b.keywords k where key(k) like 'w%' and value(k) > 0",
            "from Book b where b.genre = NOVEL and b.price between 1 and 100 and b.title ilike 'a%' order by b.title desc nulls last limit 5 offset 0",
            "from Book b where size(b.authors) > 0 and exists (select 1 from Branch r where r = b.branch) or b.branch is null",
            "from Book b where b.authors is empty or b.id in (1, 2, 3)",
            "select m.title, type(m), case when m.title like 'a%' then 1 else 2 end from Medium m",
            "select treat(m as Student).faculty from Member m where type(m) = Student or treat(m as Teacher).subject = 'x'",
            "select b.title, row_number() over (partition by b.genre order by b.price desc), sum(b.price) over (order by b.id rows between 1 preceding and current row) from Book b",
            "select listagg(b.title, ', ') within group (order by b.title), count(*) filter (where b.edition > 0), array_agg(b.id) within group (order by b.id) from Book b",
            "with cheap as (select b.id as id, b.price as price from Book b where b.price < 50) select c.id from cheap c order by c.price",
            "with tree as (select r.id as id, r.parent.id as up from Branch r where r.parent is null union all select r.id as id, r.parent.id as up from Branch r join tree t on r.parent.id = t.id) select t.id from tree t",
            "select b.title from Book b where b.price > 5 union all select f.title from Film f order by 1 limit 10",
            "select b.id from Book b intersect select b.id from Book b where b.edition = 1 except select b.id from Book b where b.edition = 2",
            "select cast(b.price as Integer), str(b.id), concat(b.title, '-', b.isbn), upper(trim(b.title)), substring(b.title, 1, 2), length(b.title), locate('a', b.title), coalesce(b.color, 'none'), nullif(b.edition, 0) from Book b",
            "select year(b.published), extract(month from b.bought), b.bought + 1 day, b.bought - 2 hour, local date, instant, (local datetime - b.bought) by day, format(b.bought as 'yyyy-MM-dd') from Book b",
            "select abs(b.price), sqrt(b.edition), round(b.price, 1), floor(b.price), mod(b.edition, 2), greatest(b.edition, 1), sign(b.price), power(b.edition, 2), b.twice from Book b",
            "select array_length(b.ratings), array_contains(b.ratings, 1), array_get(b.ratings, 1), array_append(b.ratings, 4) from Book b",
            "select avg(b.price), any_value(b.title), every(b.edition > 0), percentile_cont(0.5) within group (order by b.price), stddev_pop(b.price) from Book b",
            "select new map(b.title as title, b.price as price) from Book b where b.isbn = (select max(x.isbn) from Book x)",
            "select b.genre, count(*) from Book b group by b.genre order by count(*) desc",
            "from Loan l where l.id.number > 0 and (l.id.number, l.id.shelf) in ((1, 'A'), (2, 'B')) and not l.returned",
            "select a.name from Author a join a.aliases n where n like '%x%' and a.address.city is not null",
            "select left(b.title, 1), right(b.title, 1), replace(b.title, 'delete', 'update'), pad(b.title with 30 trailing '.'), overlay(b.title placing 'x' from 1) from Book b",
            "select b from Book b where b.title like '%!_%' escape '!' fetch first 3 rows only");

    @ParameterizedTest
    @CsvSource({"H2,''", "H2,;MODE=MySQL", "POSTGRESQL,''"})
    void livesWithTheGuard(LiveDatabase database, String options, @TempDir Path folder) throws Exception {
        String mode = options.isEmpty() ? "" : " in " + options.split("[;=]")[2];
        ApplicationSql.hold("Hibernate library" + mode, database, options, folder, 0, (dataSource, sightings) -> {
            try (SessionFactory sessions = sessions(dataSource, "create")) {
                keep(sessions);
                sessions.inTransaction(HibernateLibraryTest::ask);
                lock(sessions);
                changeInBulk(sessions);
                withoutSession(sessions);
                remove(sessions);
            }
            sessions(dataSource, "update").close();
            sessions(dataSource, "validate").close();
        });
    }

    private static SessionFactory sessions(DataSource dataSource, String ddl) {
        Configuration configuration = new Configuration();
        for (Class<?> entity : LibraryEntities.ALL) {
            configuration.addAnnotatedClass(entity);
        }
        configuration.getProperties().put("hibernate.connection.datasource", dataSource);
        configuration.setProperty("hibernate.hbm2ddl.auto", ddl);
        configuration.setProperty("hibernate.jdbc.batch_size", "10");
        configuration.setProperty("hibernate.order_updates", "true");
        configuration.setProperty("hibernate.use_sql_comments", "true");
        configuration.setProperty("hibernate.query.hql.json_functions_enabled", "true");
        configuration.setProperty("hibernate.id.new_generator_mappings", "true");
        return configuration.buildSessionFactory();
    }

    private static void keep(SessionFactory sessions) {
        sessions.inTransaction(session -> {
            Branch main = new Branch();
            main.id = 1;
            main.name = "main";
            session.persist(main);
            Branch small = new Branch();
            small.id = 2;
            small.parent = main;
            session.persist(small);
            for (int number = 0; number < 4; number++) {
                Author author = new Author();
                author.name = "author " + number;
                author.address.city = "city";
                author.aliases.addAll(List.of("x" + number, "y"));
                session.persist(author);
                Book book = new Book();
                book.isbn = "isbn " + number;
                book.title = "a book " + number;
                book.color = number % 2 == 0 ? "red" : null;
                book.details = new Details();
                book.labels.put("k", "v");
                book.keywords.putAll(Map.of("war", 1, "peace", 2));
                book.authors.add(author);
                book.branch = number % 2 == 0 ? main : small;
                session.persist(book);
                Film film = new Film();
                film.title = "film " + number;
                session.persist(film);
                Note note = new Note();
                note.id = number;
                session.persist(note);
            }
            Student student = new Student();
            student.name = "Ada";
            session.persist(student);
            Teacher teacher = new Teacher();
            teacher.name = "Grace";
            session.persist(teacher);
            for (int number = 1; number < 3; number++) {
                Loan loan = new Loan();
                loan.id = new LoanId(number, "A");
                loan.member = student;
                session.persist(loan);
            }
        });
        sessions.inTransaction(session -> {
            Book book = session.bySimpleNaturalId(Book.class).load("isbn 1");
            book.color = "green";
            book.keywords.put("war", 9);
            book.keywords.remove("peace");
            book.labels.put("more", "labels");
            book.authors.clear();
            book.ratings = new int[] {9};
            session.createSelectionQuery("select max(a.name) from Author a", String.class)
                    .getSingleResult();
            session.merge(book);
        });
    }

    private static void ask(Session session) {
        for (String question : QUESTIONS) {
            session.createSelectionQuery(question, Object.class).getResultList();
        }
        var builder = session.getCriteriaBuilder();
        var criteria = builder.createQuery(Book.class);
        var root = criteria.from(Book.class);
        var authors = root.join("authors", jakarta.persistence.criteria.JoinType.LEFT);
        criteria.select(root)
                .where(builder.or(
                        builder.isNull(authors.get("name")),
                        builder.greaterThan(root.get("price"), builder.parameter(java.math.BigDecimal.class, "price"))))
                .orderBy(builder.asc(root.get("title")));
        session.createQuery(criteria)
                .setParameter("price", java.math.BigDecimal.ONE)
                .setMaxResults(3)
                .getResultList();
        session.createNativeQuery("select count(*) from book where title like :title", Long.class)
                .setParameter("title", "a%")
                .getSingleResult();
        try (var rows = session.createSelectionQuery("from Book b order by b.id", Book.class)
                .scroll(ScrollMode.FORWARD_ONLY)) {
            rows.next();
        }
        session.createSelectionQuery("from Book b left join fetch b.branch where b.title = :t", Book.class)
                .setParameter("t", "delete from book; --")
                .setComment("a comment with 'quotes' and */ stars")
                .getResultList();
        session.find(Book.class, 1L);
        session.findMultiple(Branch.class, List.of(1, 2));
    }

    private static void lock(SessionFactory sessions) {
        for (LockModeType mode : LockModeType.values()) {
            sessions.inTransaction(session -> {
                Book book = session.createSelectionQuery("from Book b order by b.id limit 1", Book.class)
                        .getSingleResult();
                session.lock(book, mode);
                session.refresh(book, mode);
            });
        }
        for (LockMode mode : List.of(LockMode.UPGRADE_NOWAIT, LockMode.UPGRADE_SKIPLOCKED, LockMode.PESSIMISTIC_READ)) {
            sessions.inTransaction(session -> session.createSelectionQuery("from Branch b", Branch.class)
                    .setHibernateLockMode(mode)
                    .getResultList());
        }
        sessions.inTransaction(session -> session.createSelectionQuery("from Branch b", Branch.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setTimeout(10)
                .setMaxResults(1)
                .getResultList());
    }

    private static void changeInBulk(SessionFactory sessions) {
        for (String change : List.of(
                "update Book set price = price + 1, edition = edition where title like 'a%'",
                "update versioned Book set price = 5 where branch.id = 1",
                "update Book set color = 'blue' where id > 0",
                "update Medium set title = upper(title)",
                "update Student set faculty = 'math' where name = 'Ada'",
                "update Loan set returned = true where member.id in (select s.id from Student s)",
                "insert into Note (id, text) values (100, 'one'), (101, 'two')",
                "insert into Note (id, text) select n.id + 1000, n.text from Note n",
                "insert into Note (id, text) values (100, 'again') on conflict (id) do update set text = excluded.text",
                "insert into Note (id, text) values (100, 'again') on conflict do nothing",
                "delete from Medium where title like 'FILM 1'",
                "delete from Note n where n.id > 1000 and exists (select 1 from Branch b where b.id = 1)",
                "delete from Author a where a.name = 'author 3'",
                "delete Book b where b.id in (select x.id from Book x where x.isbn = 'isbn 3')",
                "delete from Loan where member.id = (select min(m.id) from Member m) and id.number = 2")) {
            sessions.inTransaction(
                    session -> session.createMutationQuery(change).executeUpdate());
        }
    }

    private static void withoutSession(SessionFactory sessions) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            var transaction = session.beginTransaction();
            Note note = new Note();
            note.id = 7;
            session.upsert(note);
            note.text = "changed";
            session.upsert(note);
            session.update(note);
            session.delete(note);
            Branch branch = new Branch();
            branch.id = 9;
            session.insert(branch);
            session.refresh(branch);
            session.upsertMultiple(List.of(branch));
            session.get(Book.class, 1L);
            transaction.commit();
        }
    }

    private static void remove(SessionFactory sessions) {
        sessions.inTransaction(session -> {
            session.createSelectionQuery("from Student", Student.class)
                    .getResultList()
                    .forEach(session::remove);
            session.createSelectionQuery("from Book", Book.class)
                    .setMaxResults(1)
                    .getResultList()
                    .forEach(session::remove);
        });
    }
}
