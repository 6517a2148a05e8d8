SELECT file, month, known_from, origin
FROM snapshot
WHERE dataset = $dataset AND month BETWEEN $first AND $last
ORDER BY month
