SELECT indicator, unit, month, num, den, origin
FROM series
WHERE indicator IN (SELECT unnest($indicators))
    AND unit IN (SELECT unnest($units))
    AND month BETWEEN $first AND $last
ORDER BY indicator, unit, month
