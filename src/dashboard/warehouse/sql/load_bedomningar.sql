INSERT INTO unit_status
SELECT row.month, row.goal, row.unit, row.colour, coalesce(row.reason, ''), s.origin
FROM read_parquet($files, filename = true) AS row
JOIN snapshot AS s ON s.file = row.filename
ORDER BY row.month, row.goal, row.unit
