package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JdbcTemplate, Batch's job repository and Session's store. */
class SpringApplicationTest {

    @ParameterizedTest
    @EnumSource
    void jdbcTemplateWorksTheSameWithAndWithoutTheGuard(LiveDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, SpringApplicationTest::work);
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void batchKeepsItsRunsTheSameWithAndWithoutTheGuard(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            run(dataSource, "org/springframework/batch/core/schema-" + suffix(database));
            JobRepository repository = repository(dataSource);
            JobParameters parameters = new JobParametersBuilder()
                    .addString("customer", "Ada")
                    .addLong("run", 1L)
                    .toJobParameters();
            var instance = repository.createJobInstance("invoices", parameters);
            JobExecution execution = repository.createJobExecution(
                    instance, parameters, new org.springframework.batch.infrastructure.item.ExecutionContext());
            var step = repository.createStepExecution("print", execution);
            step.getExecutionContext().putInt("page", 7);
            repository.updateExecutionContext(step);
            step.setStatus(BatchStatus.COMPLETED);
            repository.update(step);
            execution.setExitStatus(ExitStatus.COMPLETED);
            execution.setStatus(BatchStatus.COMPLETED);
            repository.update(execution);
            sightings.see("names", repository.getJobNames());
            sightings.see("steps", repository.getStepExecutionCount(instance, "print"));
            JobExecution second = repository.createJobExecution(
                    repository.createJobInstance("reminders", parameters),
                    parameters,
                    new org.springframework.batch.infrastructure.item.ExecutionContext());
            repository.deleteJobExecution(second);
            run(dataSource, "org/springframework/batch/core/schema-drop-" + suffix(database));
        });
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void sessionsAreKeptTheSameWithAndWithoutTheGuard(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            run(dataSource, "org/springframework/session/jdbc/schema-" + suffixOfSessions(database));
            work(repositoryOfSessions(dataSource), sightings);
            run(dataSource, "org/springframework/session/jdbc/schema-drop-" + suffixOfSessions(database));
        });
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void aDenialIsAPermissionErrorAndRollsTheTransactionBack(TestDatabase database, @TempDir Path folder)
            throws Exception {
        try (ApplicationDatabase shop = ApplicationDatabase.guarded(database, "payments-immutable.tierguard", folder)) {
            JdbcTemplate jdbc = new JdbcTemplate(shop.dataSource());
            jdbc.execute("CREATE TABLE payment (id INT PRIMARY KEY, amount INT)");
            jdbc.execute("CREATE TABLE note (id INT PRIMARY KEY)");
            jdbc.update("INSERT INTO payment VALUES (?, ?)", 1, 10);
            TransactionTemplate transaction =
                    new TransactionTemplate(new DataSourceTransactionManager(shop.dataSource()));
            List<String> rows = shop.contents().rows();
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        jdbc.update("INSERT INTO note VALUES (1)");
                        jdbc.update("UPDATE payment SET amount = ? WHERE id = ?", 0, 1);
                    }))
                    .isInstanceOf(PermissionDeniedDataAccessException.class)
                    .hasRootCauseInstanceOf(DenialException.class);
            assertThatThrownBy(() -> jdbc.batchUpdate(
                            "DELETE FROM payment WHERE id = ?", List.of(new Object[] {1}, new Object[] {2})))
                    .isInstanceOf(PermissionDeniedDataAccessException.class);
            assertThat(shop.contents().rows()).isEqualTo(rows);
        }
    }

    private static void work(DataSource dataSource, Sightings sightings) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("CREATE TABLE customer (id INT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
                + " name VARCHAR(40) UNIQUE, standing INT DEFAULT 0)");
        GeneratedKeyHolder keys = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    var insert =
                            connection.prepareStatement("INSERT INTO customer (name) VALUES (?)", new String[] {"id"});
                    insert.setString(1, "Ada");
                    return insert;
                },
                keys);
        sightings.see("key", keys.getKeyList());
        sightings.see(
                "key by metadata",
                new SimpleJdbcInsert(dataSource)
                        .withTableName("customer")
                        .usingColumns("name")
                        .usingGeneratedKeyColumns("id")
                        .executeAndReturnKey(Map.of("name", "Grace")));
        sightings.see(
                "batch",
                List.of(
                        jdbc.batchUpdate(
                                        "INSERT INTO customer (name, standing) VALUES (?, ?)",
                                        List.of(new Object[] {"Barbara", 1}, new Object[] {"Frances", 2}))
                                .length,
                        jdbc.batchUpdate(
                                        "UPDATE customer SET standing = 3 WHERE id = 1",
                                        "DELETE FROM customer WHERE name = 'nobody'")
                                .length));
        NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(dataSource);
        sightings.see(
                "named",
                named.queryForList(
                        "SELECT name FROM customer WHERE id IN (:ids) AND name <> ':no' ORDER BY id",
                        Map.of("ids", List.of(1, 2, 3)),
                        String.class));
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        transaction.setPropagationBehavior(TransactionTemplate.PROPAGATION_NESTED);
        transaction.executeWithoutResult(outer -> {
            jdbc.update("UPDATE customer SET standing = 7 WHERE id = 2");
            transaction.executeWithoutResult(inner -> {
                jdbc.update("DELETE FROM customer");
                inner.setRollbackOnly();
            });
            sightings.see("after the savepoint", jdbc.queryForObject("SELECT COUNT(*) FROM customer", Integer.class));
        });
        assertThatThrownBy(() -> jdbc.update("INSERT INTO customer (name) VALUES ('Ada')"))
                .isInstanceOf(DuplicateKeyException.class);
        sightings.see("rows", jdbc.queryForList("SELECT * FROM customer ORDER BY id FOR UPDATE"));
    }

    private static <S extends org.springframework.session.Session> void work(
            org.springframework.session.FindByIndexNameSessionRepository<S> sessions, Sightings sightings) {
        S session = sessions.createSession();
        session.setAttribute("basket", "full");
        session.setAttribute(
                org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "Ada");
        session.setMaxInactiveInterval(Duration.ofMinutes(5));
        sessions.save(session);
        session.setAttribute("basket", "empty");
        session.setAttribute("more", 1);
        session.removeAttribute("none");
        sessions.save(session);
        sightings.see("found", sessions.findByPrincipalName("Ada").size());
        S found = sessions.findById(session.getId());
        found.removeAttribute("more");
        found.changeSessionId();
        sessions.save(found);
        sightings.see("basket", sessions.findById(found.getId()).<String>getAttribute("basket"));
        sessions.deleteById(found.getId());
    }

    private static JdbcIndexedSessionRepository repositoryOfSessions(DataSource dataSource) {
        JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(
                new JdbcTemplate(dataSource), new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
        sessions.setCleanupCron("-");
        sessions.afterPropertiesSet();
        sessions.cleanUpExpiredSessions();
        return sessions;
    }

    private static JobRepository repository(DataSource dataSource) throws Exception {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(dataSource);
        factory.setTransactionManager(new DataSourceTransactionManager(dataSource));
        factory.afterPropertiesSet();
        return factory.getObject();
    }

    /** Spring Session takes MariaDB for MySQL. */
    private static String suffixOfSessions(TestDatabase database) {
        return database == MySqlDatabase.MARIADB ? "mysql.sql" : suffix(database);
    }

    private static String suffix(TestDatabase database) {
        return database.dialect().code() + ".sql";
    }

    private static void run(DataSource dataSource, String script) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource(script));
        }
    }
}
