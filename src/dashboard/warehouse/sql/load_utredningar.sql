INSERT INTO observation
SELECT 'utredningar', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            row.kind AS category, row.unit, row.month, s.origin,
            CAST(row.inledda AS DOUBLE) AS inledda,
            CAST(row.avslutade AS DOUBLE) AS avslutade,
            CAST(row.pagaende AS DOUBLE) AS pagaende,
            CAST(row.avslutade_over_fyra_man AS DOUBLE) AS avslutade_over_fyra_man
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON inledda, avslutade, pagaende, avslutade_over_fyra_man
    INTO NAME column_name VALUE value
)
