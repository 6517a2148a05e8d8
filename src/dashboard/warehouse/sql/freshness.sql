SELECT dataset, max(month) AS month, max(known_from) AS known_from, max(origin) AS origin
FROM snapshot
GROUP BY dataset
ORDER BY dataset
