INSERT INTO observation
SELECT 'placeringar', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            row.form AS category, row.unit, row.month, s.origin,
            CAST(row.pagaende AS DOUBLE) AS pagaende,
            CAST(row.paborjade AS DOUBLE) AS paborjade,
            CAST(row.avslutade AS DOUBLE) AS avslutade,
            CAST(row.dygn AS DOUBLE) AS dygn,
            CAST(row.kostnad_tkr AS DOUBLE) AS kostnad_tkr
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON pagaende, paborjade, avslutade, dygn, kostnad_tkr
    INTO NAME column_name VALUE value
)
