package io.tierguard.spring;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/**
 * Makes a denial that comes through Hibernate a permission error, as it is by itself through JdbcTemplate.
 *
 * <p>Hibernate takes every {@link java.sql.SQLInvalidAuthorizationSpecException} for a connection that has failed, and Spring
 * believes it unless the exception of JDBC itself is translated. An application that brings a translator of its own keeps it.
 */
@AutoConfiguration
@ConditionalOnClass({HibernateJpaVendorAdapter.class, SQLExceptionTranslator.class})
@ConditionalOnMissingBean(SQLExceptionTranslator.class)
public class DenialTranslationAutoConfiguration {

    @Bean
    static BeanPostProcessor denialsOfHibernate() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HibernateJpaVendorAdapter adapter) {
                    adapter.getJpaDialect().setJdbcExceptionTranslator(new DenialTranslation());
                }
                return bean;
            }
        };
    }
}
