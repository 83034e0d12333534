package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.jdbc.metadata.JdbcMetadataStore;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.JdbcMessageStore;
import org.springframework.integration.jdbc.store.channel.H2ChannelMessageStoreQueryProvider;
import org.springframework.integration.jdbc.store.channel.MySqlChannelMessageStoreQueryProvider;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.messaging.Message;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentRememberMeToken;

/** What Spring Integration, Spring Security and ShedLock keep in tables of their own. */
class SpringStoresTest {

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void integrationKeepsMessagesLocksAndMetadata(TestDatabase database, @TempDir Path folder) throws Exception {
        ApplicationSql.hold("Spring Integration", database, folder, 0, (dataSource, sightings) -> {
            run(
                    dataSource,
                    database == LiveDatabase.H2
                            ? "schema-h2.sql"
                            : database instanceof MySqlDatabase ? "schema-mysql.sql" : "schema-postgresql.sql");
            keepMessages(dataSource);
            keepChannels(database, dataSource);
            lock(dataSource);
            JdbcMetadataStore metadata = new JdbcMetadataStore(dataSource);
            metadata.setLockHint("FOR UPDATE");
            metadata.afterPropertiesSet();
            metadata.start();
            metadata.put("file", "1");
            assertThat(metadata.putIfAbsent("file", "2")).isEqualTo("1");
            assertThat(metadata.replace("file", "1", "3")).isTrue();
            metadata.remove("file");
        });
    }

    private static void keepMessages(DataSource dataSource) {
        JdbcMessageStore store = new JdbcMessageStore(dataSource);
        Message<String> message = MessageBuilder.withPayload("first").build();
        store.addMessage(message);
        assertThat(store.getMessage(Objects.requireNonNull(message.getHeaders().getId())))
                .isNotNull();
        store.addMessagesToGroup(
                "orders", message, MessageBuilder.withPayload("second").build());
        store.setGroupCondition("orders", "half");
        assertThat(store.messageGroupSize("orders")).isEqualTo(2);
        store.getMessageGroup("orders").getMessages();
        store.getOneMessageFromGroup("orders");
        store.pollMessageFromGroup("orders");
        store.removeMessagesFromGroup("orders", message);
        store.completeGroup("orders");
        store.iterator().forEachRemaining(group -> group.getGroupId());
        store.removeMessageGroup("orders");
        store.getMessageCount();
    }

    private static void keepChannels(TestDatabase database, DataSource dataSource) throws Exception {
        JdbcChannelMessageStore store = new JdbcChannelMessageStore(dataSource);
        store.setChannelMessageStoreQueryProvider(
                database == LiveDatabase.H2
                        ? new H2ChannelMessageStoreQueryProvider()
                        : database instanceof MySqlDatabase
                                ? new MySqlChannelMessageStoreQueryProvider()
                                : new PostgresChannelMessageStoreQueryProvider());
        store.afterPropertiesSet();
        store.addMessageToGroup("queue", MessageBuilder.withPayload("first").build());
        store.addMessageToGroup("queue", MessageBuilder.withPayload("second").build());
        assertThat(store.messageGroupSize("queue")).isEqualTo(2);
        assertThat(store.pollMessageFromGroup("queue")).isNotNull();
        store.removeMessageGroup("queue");
        store.setPriorityEnabled(true);
        store.addMessageToGroup(
                "queue", MessageBuilder.withPayload("third").setPriority(5).build());
        store.pollMessageFromGroup("queue");
    }

    private static void lock(DataSource dataSource) throws Exception {
        DefaultLockRepository repository = new DefaultLockRepository(dataSource);
        repository.setTransactionManager(new DataSourceTransactionManager(dataSource));
        repository.afterPropertiesSet();
        repository.afterSingletonsInstantiated();
        repository.start();
        JdbcLockRegistry registry = new JdbcLockRegistry(repository);
        var lock = registry.obtain("invoices");
        assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
        registry.renewLock("invoices");
        lock.unlock();
        registry.expireUnusedOlderThan(0);
        repository.close();
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void securityKeepsUsersAndTokens(TestDatabase database, @TempDir Path folder) throws Exception {
        ApplicationSql.hold("Spring Security", database, folder, 0, (dataSource, sightings) -> {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("create table users (username varchar(50) not null primary key,"
                    + " password varchar(500) not null, enabled boolean not null)");
            jdbc.execute("create table authorities (username varchar(50) not null, authority varchar(50) not null,"
                    + " constraint fk_authorities_users foreign key (username) references users (username))");
            jdbc.execute("create unique index ix_auth_username on authorities (username, authority)");
            boolean isMySql = database instanceof MySqlDatabase;
            jdbc.execute("create table " + (isMySql ? "`groups`" : "\"groups\"") + " (id bigint "
                    + (isMySql ? "auto_increment" : "generated by default as identity")
                    + " primary key, group_name varchar(50) not null)");
            JdbcUserDetailsManager users = new JdbcUserDetailsManager(dataSource);
            users.setEnableGroups(false);
            users.createUser(user("ada", "clerk"));
            users.updateUser(user("ada", "clerk", "admin"));
            assertThat(users.userExists("ada")).isTrue();
            assertThat(users.loadUserByUsername("ada").getAuthorities()).hasSize(2);
            users.deleteUser("ada");
            JdbcTokenRepositoryImpl tokens = new JdbcTokenRepositoryImpl();
            tokens.setDataSource(dataSource);
            tokens.setCreateTableOnStartup(true);
            tokens.afterPropertiesSet();
            tokens.createNewToken(new PersistentRememberMeToken("ada", "series", "token", new Date(86_400_000)));
            tokens.updateToken("series", "other", new Date(1000));
            assertThat(tokens.getTokenForSeries("series")).isNotNull();
            tokens.removeUserTokens("ada");
        });
    }

    private static User user(String name, String... authorities) {
        return new User(name, "secret", AuthorityUtils.createAuthorityList(authorities));
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void shedLockLocks(TestDatabase database, @TempDir Path folder) throws Exception {
        ApplicationSql.hold("ShedLock", database, folder, 0, (dataSource, sightings) -> {
            new JdbcTemplate(dataSource)
                    .execute("CREATE TABLE shedlock(name VARCHAR(64) NOT NULL, lock_until TIMESTAMP(3) NOT NULL,"
                            + " locked_at TIMESTAMP(3) NOT NULL, locked_by VARCHAR(255) NOT NULL, PRIMARY KEY (name))");
            for (boolean usesTimeOfDatabase : List.of(true, false)) {
                var settings =
                        JdbcTemplateLockProvider.Configuration.builder().withJdbcTemplate(new JdbcTemplate(dataSource));
                if (usesTimeOfDatabase) {
                    settings.usingDbTime();
                }
                JdbcTemplateLockProvider provider = new JdbcTemplateLockProvider(settings.build());
                for (int round = 0; round < 2; round++) {
                    var lock = provider.lock(new LockConfiguration(
                                    Instant.now(),
                                    "nightly" + usesTimeOfDatabase,
                                    Duration.ofMinutes(1),
                                    Duration.ZERO))
                            .orElseThrow();
                    lock.extend(Duration.ofMinutes(2), Duration.ZERO)
                            .orElseThrow()
                            .unlock();
                }
            }
        });
    }

    private static void run(DataSource dataSource, String script) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            ScriptUtils.executeSqlScript(
                    connection, new ClassPathResource("org/springframework/integration/jdbc/" + script));
        }
    }
}
