INSERT INTO observation
SELECT 'bistand', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            row.duration AS category, row.unit, row.month, s.origin,
            CAST(row.hushall AS DOUBLE) AS hushall,
            CAST(row.barnfamiljer AS DOUBLE) AS barnfamiljer,
            CAST(row.barn AS DOUBLE) AS barn,
            CAST(row.utbetalt_tkr AS DOUBLE) AS utbetalt_tkr,
            CAST(row.avslutade_arbete AS DOUBLE) AS avslutade_arbete,
            CAST(row.avslutade_studier AS DOUBLE) AS avslutade_studier,
            CAST(row.avslutade_annat AS DOUBLE) AS avslutade_annat
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON hushall, barnfamiljer, barn, utbetalt_tkr, avslutade_arbete, avslutade_studier, avslutade_annat
    INTO NAME column_name VALUE value
)
