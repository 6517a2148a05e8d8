-- What lies between a dataset's first month and its last and is not there.
INSERT INTO gap
SELECT dataset, month
FROM (
    SELECT dataset, unnest(generate_series(min(month), max(month), INTERVAL 1 MONTH))::DATE AS month
    FROM snapshot
    GROUP BY dataset
)
ANTI JOIN snapshot USING (dataset, month)
ORDER BY ALL
