INSERT INTO risk_state
SELECT row.month, row.risk, row.probability, row.consequence, row.measures_status, s.origin
FROM read_parquet($files, filename = true) AS row
JOIN snapshot AS s ON s.file = row.filename
ORDER BY row.month, row.risk
