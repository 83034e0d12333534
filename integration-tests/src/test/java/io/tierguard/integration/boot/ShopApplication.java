package io.tierguard.integration.boot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tierguard.jdbc.TierguardDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;

/** Takes orders and payments; its database is that of {@code boot/application.properties}. */
@SpringBootApplication
class ShopApplication {

    /** Instead of the URL: the data source that a container would make, with a pool around it. */
    @Bean
    @Profile("bean")
    DataSource dataSource(
            @Value("${shop.database}") String url,
            @Value("${spring.datasource.username}") String user,
            @Value("${shop.policy}") String policy,
            @Value("${shop.component}") String component,
            @Value("${shop.audit}") String audit) {
        TierguardDataSource guarded = new TierguardDataSource();
        guarded.setUrl("jdbc:" + url);
        guarded.setUser(user);
        guarded.setPolicy(policy);
        guarded.setComponent(component);
        guarded.setAudit(audit);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(guarded);
        pool.setMaximumPoolSize(1);
        return new HikariDataSource(pool);
    }
}
