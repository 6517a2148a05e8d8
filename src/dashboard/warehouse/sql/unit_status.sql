SELECT goal, unit, month, colour, reason, origin
FROM unit_status
WHERE month BETWEEN $first AND $last
ORDER BY goal, unit, month
