package io.tierguard.jdbc;

import java.util.List;
import java.util.Optional;

/** The place in the application that a denied call came from: the first frame that is nobody else's. */
final class CallingFrame {
    /** What stands between an application and its driver: this driver, the JDK, drivers, pools and frameworks. */
    private static final List<String> BETWEEN = List.of(
            "io.tierguard.audit.",
            "io.tierguard.guard.",
            "io.tierguard.jdbc.",
            "io.tierguard.policy.",
            "io.tierguard.schema.",
            "io.tierguard.sql.",
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "jakarta.",
            "kotlin.",
            "scala.",
            "org.h2.",
            "org.postgresql.",
            "com.zaxxer.hikari.",
            "com.mchange.",
            "io.agroal.",
            "org.apache.commons.dbcp",
            "org.apache.tomcat.",
            "org.apache.ibatis.",
            "org.apache.openjpa.",
            "org.eclipse.persistence.",
            "org.flywaydb.",
            "org.hibernate.",
            "org.jboss.",
            "org.jdbi.",
            "org.jetbrains.exposed.",
            "org.jooq.",
            "org.mybatis.",
            "org.quartz.",
            "org.springframework.",
            "com.querydsl.",
            "io.ebean.",
            "io.micronaut.",
            "io.quarkus.",
            "liquibase.",
            "net.ttddyy.",
            "com.p6spy.");

    /** Marks of classes that frameworks write at run time around those of an application. */
    private static final List<String> GENERATED = List.of("$$", "$Proxy", "$HibernateProxy$", "$ByteBuddy$");

    private CallingFrame() {}

    /** The frame of the current call as a stack trace shows it; empty where no frame is the application's. */
    static String find() {
        Optional<StackWalker.StackFrame> frame = StackWalker.getInstance()
                .walk(frames -> frames.filter(each -> isOfApplication(each.getClassName()))
                        .findFirst());
        return frame.map(each -> each.toStackTraceElement().toString()).orElse("");
    }

    /** Whether a class is the application's own, as far as its name tells. */
    static boolean isOfApplication(String className) {
        for (String prefix : BETWEEN) {
            if (className.startsWith(prefix)) {
                return false;
            }
        }
        for (String mark : GENERATED) {
            if (className.contains(mark)) {
                return false;
            }
        }
        return true;
    }
}
