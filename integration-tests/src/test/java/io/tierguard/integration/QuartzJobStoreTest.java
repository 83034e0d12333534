package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.JobBuilder.newJob;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.PersistJobDataAfterExecution;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.calendar.WeeklyCalendar;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Quartz keeps its jobs in tables that its own script makes, in a cluster of one. */
class QuartzJobStoreTest {
    private static final Map<String, CountDownLatch> RUNS = new ConcurrentHashMap<>();

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void schedulesTheSameWithAndWithoutTheGuard(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            String script = switch (database.dialect()) {
                case ANSI, ORACLE, SQLSERVER -> throw new AssertionError("none is read so here");
                case H2 -> "tables_h2.sql";
                case POSTGRESQL -> "tables_postgres.sql";
                case MYSQL, MARIADB -> "tables_mysql_innodb.sql";
                case SQLITE -> throw new IllegalArgumentException("Quartz has no tables for SQLite");
            };
            try (Connection connection = dataSource.getConnection()) {
                ScriptUtils.executeSqlScript(
                        connection,
                        new EncodedResource(new ClassPathResource("org/quartz/impl/jdbcjobstore/" + script)),
                        false,
                        false,
                        new String[] {"--", "#"},
                        ";",
                        "/*",
                        "*/");
            }
            Scheduler scheduler = scheduler(database, dataSource);
            try {
                schedule(scheduler);
                assertThat(runs(scheduler).await(20, TimeUnit.SECONDS)).isTrue();
                awaitEndOf(scheduler, new TriggerKey("twice"));
                sightings.see(
                        "jobs",
                        scheduler.getJobKeys(GroupMatcher.anyJobGroup()).stream()
                                .sorted(Comparator.naturalOrder())
                                .toList());
                scheduler.pauseTrigger(new TriggerKey("nightly"));
                sightings.see("paused", scheduler.getTriggerState(new TriggerKey("nightly")));
                scheduler.resumeTriggers(GroupMatcher.anyTriggerGroup());
                scheduler.rescheduleJob(
                        new TriggerKey("nightly"),
                        newTrigger()
                                .withIdentity("weekly")
                                .withSchedule(cronSchedule("0 0 3 ? * SUN"))
                                .startAt(new Date(4_000_000_000_000L))
                                .build());
                sightings.see("deleted", scheduler.deleteJob(new JobKey("unwanted")));
            } finally {
                scheduler.shutdown(true);
                RUNS.clear();
            }
        });
    }

    private static void schedule(Scheduler scheduler) throws SchedulerException {
        RUNS.put(scheduler.getSchedulerInstanceId(), new CountDownLatch(2));
        scheduler.addCalendar("weekends", new WeeklyCalendar(), true, true);
        scheduler.scheduleJob(
                newJob(CountingJob.class)
                        .withIdentity("counting")
                        .storeDurably()
                        .usingJobData("runs", 0)
                        .requestRecovery()
                        .build(),
                newTrigger()
                        .withIdentity("twice")
                        .startNow()
                        .withSchedule(
                                simpleSchedule().withIntervalInMilliseconds(50).withRepeatCount(1))
                        .build());
        scheduler.scheduleJob(
                newJob(CountingJob.class)
                        .withIdentity("nightly job")
                        .storeDurably()
                        .build(),
                newTrigger()
                        .withIdentity("nightly")
                        .modifiedByCalendar("weekends")
                        .startAt(new Date(4_000_000_000_000L))
                        .withSchedule(cronSchedule("0 0 3 * * ?"))
                        .build());
        scheduler.addJob(
                newJob(CountingJob.class)
                        .withIdentity("unwanted")
                        .storeDurably()
                        .build(),
                false);
        scheduler.start();
    }

    /** A trigger without further runs goes after its last one has ended. */
    private static void awaitEndOf(Scheduler scheduler, TriggerKey trigger) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (scheduler.checkExists(trigger)) {
            assertThat(System.nanoTime()).as("still there: " + trigger).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static CountDownLatch runs(Scheduler scheduler) throws SchedulerException {
        return RUNS.computeIfAbsent(scheduler.getSchedulerInstanceId(), id -> new CountDownLatch(0));
    }

    private static Scheduler scheduler(TestDatabase database, DataSource dataSource) throws SchedulerException {
        DBConnectionManager.getInstance().addConnectionProvider("shop", new ConnectionProvider() {
            @Override
            public Connection getConnection() throws java.sql.SQLException {
                return dataSource.getConnection();
            }

            @Override
            public void shutdown() {}

            @Override
            public void initialize() {}
        });
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "shop");
        properties.setProperty("org.quartz.scheduler.instanceId", "one");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.dataSource", "shop");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                database == LiveDatabase.POSTGRESQL
                        ? "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"
                        : "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
        return new StdSchedulerFactory(properties).getScheduler();
    }

    /** Counts its runs, in its own data and for the test. */
    @DisallowConcurrentExecution
    @PersistJobDataAfterExecution
    public static final class CountingJob implements Job {
        /** Made by Quartz. */
        public CountingJob() {}

        @Override
        public void execute(JobExecutionContext context) {
            var data = context.getJobDetail().getJobDataMap();
            if (data.containsKey("runs")) {
                data.put("runs", data.getInt("runs") + 1);
            }
            RUNS.values().forEach(CountDownLatch::countDown);
        }
    }
}
