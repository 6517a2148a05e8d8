-- The file is sorted by (indicator, unit, month), and one thread reads it in that order.
SELECT indicator, unit, month, num, den, origin
FROM series
WHERE indicator IN $indicators AND unit IN $units
