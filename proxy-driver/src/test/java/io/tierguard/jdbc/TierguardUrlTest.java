package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.guard.ConnectionPlace;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TierguardUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:tierguard:h2:mem:x;tierguard.policy=a;MODE=MySQL | jdbc:h2:mem:x;MODE=MySQL",
                "jdbc:tierguard:h2:mem:x;MODE=MySQL;tierguard.policy=a | jdbc:h2:mem:x;MODE=MySQL",
                "jdbc:tierguard:h2:mem:x;INIT=A\\;B;tierguard.policy=a | jdbc:h2:mem:x;INIT=A\\;B",
                "jdbc:tierguard:h2:mem:x;INIT=A\\;tierguard.policy=b;tierguard.policy=a"
                        + " | jdbc:h2:mem:x;INIT=A\\;tierguard.policy=b",
                "jdbc:tierguard:postgresql://h/d?tierguard.policy=a&ssl=true | jdbc:postgresql://h/d?ssl=true",
                "jdbc:tierguard:postgresql://h/d?ssl=true&tierguard.policy=a | jdbc:postgresql://h/d?ssl=true",
                "jdbc:tierguard:postgresql://h/d?tierguard.policy=a | jdbc:postgresql://h/d",
                "jdbc:tierguard:derby:memory:x;tierguard.policy=a;create=true | jdbc:derby:memory:x;create=true",
                "jdbc:tierguard:hsqldb:mem:x;sql.syntax_mys=true;tierguard.policy=a | jdbc:hsqldb:mem:x;sql.syntax_mys=true",
                "jdbc:tierguard:other://h/d?tierguard.policy=a&ssl=true | jdbc:other://h/d?ssl=true",
                "jdbc:tierguard:other://h/d?ssl=true&tierguard.policy=a | jdbc:other://h/d?ssl=true",
                "JDBC:TierGuard:postgresql://h/d?tierguard.policy=a | jdbc:postgresql://h/d",
            })
    void ourSettingsAreTakenOutOfTheUrl(String url, String realUrl) throws SQLException {
        TierguardUrl parsed = TierguardUrl.parse(url);
        assertThat(parsed.realUrl()).isEqualTo(realUrl);
        assertThat(parsed.settings()).isEqualTo(Map.of("tierguard.policy", "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2:mem:x;MODE=MySQL;",
                "postgresql://h/d?ssl=true&",
                "postgresql://h/d?&&ssl=true",
                "mariadb://h/d?user=root&password=&",
                "other://h/d?ssl=true&;",
            })
    void aUrlWithoutOurSettingsIsHandedOnToTheLetter(String url) throws SQLException {
        TierguardUrl parsed = TierguardUrl.parse("jdbc:tierguard:" + url);
        assertThat(parsed.realUrl()).isEqualTo("jdbc:" + url);
        assertThat(parsed.settings()).isEmpty();
    }

    @Test
    void valuesAreUnescapedAsTheDialectWritesThem() throws SQLException {
        assertThat(TierguardUrl.parse("jdbc:tierguard:postgresql://h/d?tierguard.policy=a%20b%26c")
                        .settings())
                .containsEntry("tierguard.policy", "a b&c");
        assertThat(TierguardUrl.parse("jdbc:tierguard:h2:mem:x;tierguard.policy=a\\;b%20")
                        .settings())
                .containsEntry("tierguard.policy", "a;b%20");
    }

    @Test
    void aBrokenEscapeIsNamedWithoutItsValue() {
        assertThatThrownBy(() -> TierguardUrl.parse("jdbc:tierguard:postgresql://h/d?tierguard.policy=%zz"))
                .hasMessage("the URL's parameter tierguard.policy holds a broken percent escape");
    }

    @Test
    void aSettingIsGivenOnce() {
        assertThatThrownBy(() -> TierguardUrl.parse("jdbc:tierguard:h2:mem:x;tierguard.policy=a;tierguard.policy=b"))
                .hasMessage("setting tierguard.policy (from the URL): it is given twice");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:tierguard:postgresql://db.example:6432/shop, db.example, 6432",
        "jdbc:tierguard:postgresql://db.example/shop, db.example, 5432",
        "'jdbc:tierguard:postgresql://one:1,two:2/shop', one, 1",
        "jdbc:tierguard:postgresql://[::1]:6432/shop, [::1], 6432",
        "jdbc:tierguard:postgresql:shop, localhost, 5432",
        "jdbc:tierguard:h2:tcp://h:9000/x, h, 9000",
        "jdbc:tierguard:h2:ssl://h/x, h, 9092",
        "jdbc:tierguard:h2:mem:x, '', 0",
    })
    void theUrlTellsWhereItLeads(String url, String address, int port) throws SQLException {
        assertThat(TierguardUrl.parse(url).place()).isEqualTo(new ConnectionPlace(address, port));
    }
}
