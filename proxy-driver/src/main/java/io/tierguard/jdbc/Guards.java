package io.tierguard.jdbc;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditLogs;
import io.tierguard.guard.CurrentGuard;
import io.tierguard.guard.Guard;
import io.tierguard.policy.PolicyFootprint;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.PolicyReading;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.Spelling;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.FirstReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guards of this process: connections with equal settings share one, so that a policy is read once and what was
 * decided for one connection is known to all.
 *
 * <p>Safe for use by many threads.
 */
final class Guards {
    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);
    private static final String CLASSPATH = "classpath:";
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,4}");

    /** An exception's message is no place for a hundred diagnostics. */
    private static final int MOST_DIAGNOSTICS = 10;

    private record Key(Settings settings, Dialect dialect) {}

    private final Map<Key, Protection> known = new HashMap<>();

    /** The guard for these settings; what is wrong with them is said by the exception, each time anew. */
    synchronized Protection protection(Settings settings, Dialect dialect) throws SettingsException {
        Key key = new Key(settings, dialect);
        Protection protection = known.get(key);
        if (protection == null) {
            protection = load(settings, dialect);
            known.put(key, protection);
        }
        return protection;
    }

    private static Protection load(Settings settings, Dialect dialect) throws SettingsException {
        SettingValue policySetting = settings.required(Setting.POLICY);
        SettingValue componentSetting = settings.required(Setting.COMPONENT);
        Optional<Duration> interval = interval(settings);
        FirstReading.begin(dialect);
        PolicyReading reading = read(policySetting);
        PolicyOutcome outcome = reading.outcome();
        if (outcome instanceof PolicyOutcome.Rejected rejected) {
            throw policySetting.fault("the policy is refused\n" + rendered(rejected.diagnostics()));
        }
        PolicyOutcome.Loaded loaded = (PolicyOutcome.Loaded) outcome;
        Policy policy = loaded.policy();
        Component component = component(policy, componentSetting);
        AuditLog log = openLog(settings.required(Setting.AUDIT));
        LOG.info("guarding by policy {} {} with {}", policy.name(), policy.hash(), settings);
        if (!loaded.warnings().isEmpty() && LOG.isWarnEnabled()) {
            LOG.warn("the policy {} has warnings\n{}", policy.name(), rendered(loaded.warnings()));
        }
        Guard guard = new Guard(policy, component, settings.text(Setting.RELEASE), dialect, log);
        if (interval.isEmpty()) {
            return new Protection(guard, dialect, OnDenial.of(settings));
        }
        CurrentGuard current = new CurrentGuard(guard.watched());
        PolicyWatch watch = new PolicyWatch(
                current, Path.of(policySetting.text()), reading.footprint(), interval.get(), InstantSource.system());
        return new Protection(current, dialect, OnDenial.of(settings), watch);
    }

    /** How often the policy's files are looked after; empty for never. */
    private static Optional<Duration> interval(Settings settings) throws SettingsException {
        Optional<SettingValue> setting = settings.value(Setting.POLICY_RELOAD);
        if (setting.isEmpty()) {
            return Optional.empty();
        }
        SettingValue value = setting.get();
        if (settings.text(Setting.POLICY).startsWith(CLASSPATH)) {
            throw value.fault("a policy on the class path cannot be looked after, only a file");
        }
        if (!SECONDS.matcher(value.text()).matches()) {
            throw value.fault("it is a number of seconds, from 1 to 99999");
        }
        return Optional.of(Duration.ofSeconds(Long.parseLong(value.text())));
    }

    private static PolicyReading read(SettingValue setting) throws SettingsException {
        String text = setting.text();
        if (!text.startsWith(CLASSPATH)) {
            try {
                return PolicyLoader.read(Path.of(text));
            } catch (InvalidPathException invalid) {
                throw setting.fault("it is no path: " + invalid.getMessage(), invalid);
            }
        }
        String name = text.substring(CLASSPATH.length());
        while (name.startsWith("/")) {
            name = name.substring(1);
        }
        try (InputStream content = ClassPathFiles.open(name)) {
            if (content == null) {
                throw setting.fault("there is no resource " + name + " on the class path");
            }
            PolicyOutcome outcome = PolicyLoader.load(name, content.readAllBytes(), new ClassPathFiles(name));
            return new PolicyReading(outcome, new PolicyFootprint(Map.of(), Map.of()));
        } catch (IOException unreadable) {
            throw setting.fault("the resource " + name + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Component component(Policy policy, SettingValue setting) throws SettingsException {
        Optional<Component> component = policy.component(setting.text());
        if (component.isPresent()) {
            return component.get();
        }
        List<String> declared =
                policy.components().stream().map(Component::name).toList();
        String meant = Spelling.closest(setting.text(), declared)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        throw setting.fault("the policy " + policy.name() + " declares no component " + setting.text()
                + (declared.isEmpty() ? ", in fact none" : ", only " + String.join(", ", declared)) + meant);
    }

    private static AuditLog openLog(SettingValue setting) throws SettingsException {
        try {
            return AuditLogs.open(Path.of(setting.text()));
        } catch (AuditException | InvalidPathException unwritable) {
            throw setting.fault(String.valueOf(unwritable.getMessage()), unwritable);
        }
    }

    /** The first diagnostics, as a message shows them. */
    static String rendered(List<Diagnostic> diagnostics) {
        String shown = diagnostics.stream()
                .limit(MOST_DIAGNOSTICS)
                .map(Diagnostic::render)
                .collect(Collectors.joining("\n"));
        int hidden = diagnostics.size() - MOST_DIAGNOSTICS;
        return hidden <= 0 ? shown : shown + "\nand " + hidden + " more; tierguard check shows all of them";
    }
}
