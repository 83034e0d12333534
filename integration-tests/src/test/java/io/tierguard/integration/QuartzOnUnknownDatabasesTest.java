package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quartz.JobBuilder.newJob;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Quartz and the schemas of Spring's stores on databases that the driver does not know; nothing of it is denied. */
class QuartzOnUnknownDatabasesTest {
    private static final String POLICY = """
            policy jobs {
              read as ansi "hsqldb", "derby"
            }
            tier everything is mutable
            table * is everything
            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier everything
            }
            """;

    private static volatile CountDownLatch runs = new CountDownLatch(0);

    /** Counts that it ran. */
    public static final class Counting implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            runs.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hsqldb:mem:quartz, hsqldb, HSQLDBDelegate, SA",
        "derby:memory:quartz;create=true, derby, StdJDBCDelegate, APP"
    })
    void keepsItsJobs(String url, String name, String delegate, String user, @TempDir Path folder) throws Exception {
        Path policy = folder.resolve("jobs.tierguard");
        Files.writeString(policy, POLICY);
        String guarded = "jdbc:tierguard:" + url + ";tierguard.policy=" + policy
                + ";tierguard.component=app;tierguard.audit=" + folder.resolve("audit.jsonl");
        try (Connection connection = DriverManager.getConnection(guarded)) {
            run(connection, "org/quartz/impl/jdbcjobstore/tables_" + name + ".sql");
            run(connection, "org/springframework/batch/core/schema-" + name + ".sql");
            run(connection, "org/springframework/session/jdbc/schema-" + name + ".sql");
            Scheduler scheduler = new StdSchedulerFactory(properties(guarded, delegate, user)).getScheduler();
            try {
                schedule(scheduler);
            } finally {
                scheduler.shutdown(true);
            }
        }
        assertThat(Files.readString(folder.resolve("audit.jsonl")))
                .contains("\"decision\":\"allow\"")
                .doesNotContain("\"decision\":\"deny\"");
    }

    private static void schedule(Scheduler scheduler) throws Exception {
        runs = new CountDownLatch(3);
        scheduler.scheduleJob(
                newJob(Counting.class).withIdentity("counting").storeDurably().build(),
                newTrigger()
                        .withIdentity("often")
                        .withSchedule(
                                simpleSchedule().withIntervalInMilliseconds(20).withRepeatCount(2))
                        .build());
        scheduler.start();
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        awaitEnd(scheduler, new TriggerKey("often"));
        scheduler.scheduleJob(newTrigger()
                .withIdentity("later")
                .forJob("counting")
                .startAt(new Date(4_000_000_000_000L))
                .build());
        scheduler.pauseJob(new JobKey("counting"));
        scheduler.resumeAll();
        assertThat(scheduler.getTriggerState(new TriggerKey("later")).name()).isEqualTo("NORMAL");
        assertThat(scheduler.getJobKeys(GroupMatcher.anyJobGroup())).hasSize(1);
        assertThat(scheduler.deleteJob(new JobKey("counting"))).isTrue();
        scheduler.clear();
    }

    /** Quartz takes a trigger away a little after its last run, and deletes no job whose triggers go meanwhile. */
    private static void awaitEnd(Scheduler scheduler, TriggerKey trigger) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (scheduler.checkExists(trigger)) {
            assertThat(System.nanoTime()).as(trigger + " is still there").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private static Properties properties(String url, String delegate, String user) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "org.quartz.scheduler.instanceName", "of " + user,
                "org.quartz.threadPool.threadCount", "2",
                "org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX",
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore." + delegate,
                "org.quartz.jobStore.dataSource", "guarded",
                "org.quartz.dataSource.guarded.provider", "hikaricp",
                "org.quartz.dataSource.guarded.driver", "io.tierguard.jdbc.TierguardDriver",
                "org.quartz.dataSource.guarded.URL", url,
                "org.quartz.dataSource.guarded.user", user));
        properties.setProperty("org.quartz.dataSource.guarded.maxConnections", "3");
        return properties;
    }

    private static void run(Connection connection, String script) {
        ScriptUtils.executeSqlScript(
                connection,
                new EncodedResource(new ClassPathResource(script)),
                false,
                true,
                new String[] {"--", "#"},
                ";",
                "/*",
                "*/");
    }
}
