package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallingFrameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.tierguard.jdbc.Gate",
                "java.lang.reflect.Method",
                "jdk.internal.reflect.DirectMethodHandleAccessor",
                "com.zaxxer.hikari.pool.ProxyPreparedStatement",
                "org.hibernate.engine.jdbc.internal.ResultSetReturnImpl",
                "org.springframework.jdbc.core.JdbcTemplate",
                "org.postgresql.jdbc.PgStatement",
                "shop.Orders$$SpringCGLIB$$0",
                "com.sun.proxy.$Proxy12",
                "shop.$Proxy3"
            })
    void whatStandsBetweenIsPassedOver(String className) {
        assertThat(CallingFrame.isOfApplication(className)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.Orders", "shop.Orders$Line", "io.tierguarded.App", "javaland.Main", "Main"})
    void anApplicationsOwnClassIsNamed(String className) {
        assertThat(CallingFrame.isOfApplication(className)).isTrue();
    }

    @Test
    void theFirstFrameOfTheApplicationIsFound() {
        // Everything of this test is in this driver's package, so the first other frame is that of the test's engine.
        assertThat(CallingFrame.find()).startsWith("org.junit.");
    }
}
