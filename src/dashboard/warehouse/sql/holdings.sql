SELECT dataset, month, known_from, origin
FROM snapshot
ORDER BY dataset, month
