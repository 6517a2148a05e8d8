-- The serving file. `series` is what pages read: one row per indicator, unit (every level) and month, sorted.
CREATE TABLE meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL);

CREATE TABLE snapshot (
    file VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    month DATE NOT NULL,
    known_from TIMESTAMP NOT NULL,
    origin VARCHAR NOT NULL
);

-- Months that a dataset lacks between its first and its last, in order. Counted here, for every start asks.
CREATE TABLE gap (dataset VARCHAR NOT NULL, month DATE NOT NULL);

CREATE TABLE series (
    indicator VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    month DATE NOT NULL,
    num DOUBLE NOT NULL,
    den DOUBLE,
    origin VARCHAR NOT NULL
);

CREATE TABLE unit_status (
    month DATE NOT NULL,
    goal VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    origin VARCHAR NOT NULL
);

CREATE TABLE risk_state (
    month DATE NOT NULL,
    risk VARCHAR NOT NULL,
    probability INTEGER NOT NULL,
    consequence INTEGER NOT NULL,
    measures_status VARCHAR NOT NULL,
    origin VARCHAR NOT NULL
);

-- Definitions, written from the catalogue before the rows are joined to them.
CREATE TEMP TABLE term (
    indicator VARCHAR, part VARCHAR, dataset VARCHAR, column_name VARCHAR, category VARCHAR, factor DOUBLE
);
CREATE TEMP TABLE ancestry (unit VARCHAR, ancestor VARCHAR, valid_from DATE, valid_to DATE);

-- Every number of every dataset in long form; only the build sees it.
CREATE TEMP TABLE observation (
    dataset VARCHAR, column_name VARCHAR, category VARCHAR, unit VARCHAR, month DATE, value DOUBLE, origin VARCHAR
);
