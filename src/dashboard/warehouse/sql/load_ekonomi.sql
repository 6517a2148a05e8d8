INSERT INTO observation
SELECT 'ekonomi', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            '' AS category, row.unit, row.month, s.origin,
            CAST(row.utfall_ack AS DOUBLE) AS utfall_ack,
            CAST(row.budget_ack AS DOUBLE) AS budget_ack,
            CAST(row.prognos_helar AS DOUBLE) AS prognos_helar,
            CAST(row.budget_helar AS DOUBLE) AS budget_helar
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON utfall_ack, budget_ack, prognos_helar, budget_helar
    INTO NAME column_name VALUE value
)
