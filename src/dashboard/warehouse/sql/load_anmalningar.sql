INSERT INTO observation
SELECT 'anmalningar', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            row.reason AS category, row.unit, row.month, s.origin,
            CAST(row.antal AS DOUBLE) AS antal
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON antal
    INTO NAME column_name VALUE value
)
