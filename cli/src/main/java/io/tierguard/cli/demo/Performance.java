package io.tierguard.cli.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Plays acts through pools of guarded connections, tells what happens, and notices what should not have. */
final class Performance {
    private static final String POLICY = "classpath:io/tierguard/cli/demo/shop.tierguard";

    private final Terminal terminal;
    private final String url;
    private final Path audit;
    private int passed;
    private int denied;
    private int surprises;

    /** A performance on a database, with the audit log in a file. */
    Performance(Terminal terminal, String url, Path audit) {
        this.terminal = terminal;
        this.url = url;
        this.audit = audit;
    }

    /** Plays an act. */
    void play(Act act) throws SQLException {
        terminal.say("");
        terminal.say(terminal.paint(Colour.BOLD, act.component()) + " " + act.release() + ": " + act.story());
        try (HikariDataSource pool = pool(act)) {
            for (Attempt attempt : act.attempts()) {
                play(attempt, pool);
            }
        }
    }

    /** How many attempts passed. */
    int passed() {
        return passed;
    }

    /** How many attempts were denied. */
    int denied() {
        return denied;
    }

    /** How many attempts ended otherwise than they must. */
    int surprises() {
        return surprises;
    }

    private void play(Attempt attempt, HikariDataSource pool) {
        Optional<Reason> reason = Optional.empty();
        try (Connection connection = pool.getConnection()) {
            String outcome = attempt.action().on(connection);
            passed++;
            line(Colour.GREEN, "passed", attempt.shown() + "  -- " + outcome);
        } catch (DenialException e) {
            reason = Optional.of(e.reason());
            denied++;
            line(Colour.RED, "DENIED", attempt.shown());
            terminal.say("          " + terminal.paint(Colour.RED, Printable.of(String.valueOf(e.getMessage()))));
        } catch (SQLException e) {
            surprises++;
            line(Colour.YELLOW, "failed", attempt.shown());
            terminal.say("          " + Printable.of(String.valueOf(e.getMessage())));
            return;
        }
        if (!attempt.mustEndWith(reason)) {
            surprises++;
            terminal.say("          " + terminal.paint(Colour.YELLOW, "that is not what must happen here"));
        }
    }

    private void line(Colour colour, String word, String text) {
        terminal.say("  " + terminal.paint(colour, word) + "  " + Printable.of(text));
    }

    private HikariDataSource pool(Act act) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(act.component());
        config.setJdbcUrl(url);
        config.setUsername(act.user());
        config.setPassword(act.user());
        config.setMaximumPoolSize(2);
        config.addDataSourceProperty("tierguard.policy", POLICY);
        config.addDataSourceProperty("tierguard.component", act.component());
        config.addDataSourceProperty("tierguard.release", act.release());
        config.addDataSourceProperty("tierguard.audit", audit.toString());
        return new HikariDataSource(config);
    }
}
