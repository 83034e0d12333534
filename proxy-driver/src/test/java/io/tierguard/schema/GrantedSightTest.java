package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user is shown follows the grant that the server goes by, which is one alone of those on some databases. */
class GrantedSightTest {
    private static final String USAGE = "GRANT USAGE ON *.* TO `u`@`%`";

    private static GrantedSight of(String... grants) {
        return GrantedSight.of(List.of(grants));
    }

    @Test
    void aGrantOnThePatternShowsAll() {
        GrantedSight sight = of(USAGE, "GRANT ALL PRIVILEGES ON `shop%`.* TO `u`@`%`");

        assertThat(sight.showsTriggersIn("shop_a")).isTrue();
        assertThat(sight.showsTablesIn("SHOP")).isTrue();
        assertThat(sight.showsTriggersIn("other")).isFalse();
    }

    @Test
    void aMoreExactGrantTakesItsPlace() {
        GrantedSight sight = of(
                USAGE,
                "GRANT ALL PRIVILEGES ON `shop%`.* TO `u`@`%`",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON `shop\\_a`.* TO `u`@`%`");

        assertThat(sight.showsTriggersIn("shop_a")).isFalse();
        assertThat(sight.showsTablesIn("shop_a")).isTrue();
        assertThat(sight.showsTriggersIn("shop_b")).isTrue();
    }

    @Test
    void onlyReadingShowsNoKeys() {
        GrantedSight sight =
                of(USAGE, "GRANT ALL PRIVILEGES ON `s%`.* TO `u`@`%`", "GRANT SELECT ON `shop`.* TO `u`@`%`");

        assertThat(sight.showsTablesIn("shop")).isFalse();
        assertThat(sight.showsTablesIn("store")).isTrue();
    }

    @Test
    void whatHoldsOfAllDatabasesHoldsBesides() {
        GrantedSight sight = of("GRANT SELECT, TRIGGER ON *.* TO `u`@`%`", "GRANT SELECT ON `shop`.* TO `u`@`%`");

        assertThat(sight.showsTriggersIn("shop")).isTrue();
    }

    @Test
    void aRoleAddsToTheSameGrant() {
        GrantedSight sight =
                of(USAGE, "GRANT SELECT ON `shop`.* TO `u`@`%`", "GRANT ALL PRIVILEGES ON `shop`.* TO `owner`");

        assertThat(sight.showsTriggersIn("shop")).isTrue();
        assertThat(sight.showsTablesIn("shop")).isTrue();
    }

    @Test
    void whatWasTakenAwayIsNotShown() {
        GrantedSight sight = of("GRANT ALL PRIVILEGES ON *.* TO `u`@`%`", "REVOKE SELECT ON `shop`.* FROM `u`@`%`");

        assertThat(sight.showsTriggersIn("shop")).isFalse();
        assertThat(sight.showsTriggersIn("other")).isTrue();
    }
}
