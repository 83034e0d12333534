package io.tierguard.integration;

import javax.sql.DataSource;

/** An application that does its work through a data source and tells what it saw. */
@FunctionalInterface
interface Application {

    /** Does the work; what is told must be the same in each run on an empty database. */
    void run(DataSource dataSource, Sightings sightings) throws Exception;
}
