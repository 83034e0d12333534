package io.tierguard.integration.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.tierguard.integration.LiveDatabase;
import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A Spring Boot application whose tables Flyway makes as one component, and which works on them as another. */
@ParameterizedClass
@EnumSource
class SpringBootApplicationTest {
    private static Optional<ConfigurableApplicationContext> running = Optional.empty();

    @Parameter
    LiveDatabase database = LiveDatabase.H2;

    @BeforeParameterizedClassInvocation
    static void start(LiveDatabase database, @TempDir Path folder) throws SQLException {
        running = Optional.of(start(database, database.createDatabase(), folder));
        shop().getBean(Checkout.class).pay(1, 40);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        shop().close();
    }

    private static ConfigurableApplicationContext start(
            LiveDatabase database, String url, Path folder, String... settings) {
        String audit = folder.resolve("audit.jsonl").toString();
        String migrations = url.replaceFirst("^jdbc:", "jdbc:tierguard:");
        migrations = database.withSetting(migrations, "tierguard.policy", "classpath:boot/shop.tierguard");
        migrations = database.withSetting(migrations, "tierguard.component", "migration");
        migrations = database.withSetting(migrations, "tierguard.audit", audit);
        return new SpringApplicationBuilder(ShopApplication.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.config.location=classpath:/boot/",
                        "shop.database=" + url.substring("jdbc:".length()),
                        "shop.migrations=" + migrations,
                        "shop.audit=" + audit,
                        "spring.datasource.username=" + database.user())
                .run(settings);
    }

    private static ConfigurableApplicationContext shop() {
        return running.orElseThrow();
    }

    private static Checkout checkout() {
        return shop().getBean(Checkout.class);
    }

    @Test
    void worksOnWhatItMay() {
        checkout().pay(2, 15);
        assertThat(checkout().describe(2)).isEqualTo("paid 15");
    }

    @Test
    void aDeniedFlushIsAPermissionErrorAndRollsBack() {
        assertDenied(() -> checkout().correct(1, 0));
    }

    @Test
    void aDeniedQueryIsAPermissionErrorAndRollsBack() {
        assertDenied(() -> checkout().cancelAll());
    }

    @Test
    void aDenialOfJdbcTemplateIsAPermissionErrorAndRollsBack() {
        assertDenied(() -> checkout().cancelWithJdbc(1));
    }

    @Test
    void nothingIsKeptWhereTheDenialIsSwallowed() {
        assertDenied(() -> checkout().cancelWithJdbcAndGoOn(1));
    }

    @Test
    void aDeniedStatementOutsideATransactionIsAPermissionError() {
        assertDenied(() -> shop().getBean(JdbcTemplate.class).execute("TRUNCATE TABLE payment"));
    }

    private void assertDenied(Runnable work) {
        HikariDataSource pool = shop().getBean(HikariDataSource.class);
        String connection = identity();
        assertThatThrownBy(work::run)
                .isInstanceOf(PermissionDeniedDataAccessException.class)
                .hasRootCauseInstanceOf(DenialException.class);
        assertThat(checkout().describe(1)).isEqualTo("paid 40");
        assertThat(identity()).as("the pool's only connection").isEqualTo(connection);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    /** Which session of the database the pool, of one, has. */
    private String identity() {
        return Objects.requireNonNull(shop().getBean(JdbcTemplate.class)
                .queryForObject(
                        switch (database) {
                            case H2 -> "SELECT session_id()";
                            case POSTGRESQL -> "SELECT pg_backend_pid()";
                        },
                        String.class));
    }

    @Test
    void whatTheDatabaseRefusesIsStillWhatHibernateSaysOfIt() {
        Payment orphan = new Payment();
        orphan.id = 9;
        orphan.orderId = 9;
        assertThatThrownBy(() -> shop().getBean(Payments.class).saveAndFlush(orphan))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasCauseInstanceOf(ConstraintViolationException.class);
    }

    @Test
    void itsHealthIsUp() {
        HealthIndicator health = shop().getBean("dbHealthContributor", HealthIndicator.class);
        assertThat(health.health(true)).extracting(Health::getStatus).isEqualTo(Status.UP);
    }

    @Test
    void aDataSourceBeanWorksAsWellAndHibernateMayMakeTheTables(@TempDir Path folder) throws SQLException {
        String url = database.createDatabase();
        try (ConfigurableApplicationContext other = start(
                database,
                url,
                folder,
                "--spring.profiles.active=bean",
                "--shop.component=owner",
                "--spring.flyway.enabled=false",
                "--spring.jpa.hibernate.ddl-auto=create-only")) {
            Checkout checkout = other.getBean(Checkout.class);
            checkout.pay(1, 40);
            assertThatThrownBy(() -> checkout.correct(1, 0)).isInstanceOf(PermissionDeniedDataAccessException.class);
            assertThat(checkout.describe(1)).isEqualTo("paid 40");
        }
        database.dropDatabase(url);
    }
}
