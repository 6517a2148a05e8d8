INSERT INTO observation
SELECT 'arbetsmarknad', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            '' AS category, row.unit, row.month, s.origin,
            CAST(row.inskrivna AS DOUBLE) AS inskrivna,
            CAST(row.avslutade AS DOUBLE) AS avslutade,
            CAST(row.avslutade_arbete AS DOUBLE) AS avslutade_arbete,
            CAST(row.avslutade_studier AS DOUBLE) AS avslutade_studier
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON inskrivna, avslutade, avslutade_arbete, avslutade_studier
    INTO NAME column_name VALUE value
)
