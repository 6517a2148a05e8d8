-- Sums first, ratios last: numerator and denominator are added over units and categories here, and only the
-- measures divide. A sum that rests on any synthetic row is synthetic ('synthetic' sorts last).
INSERT INTO series
SELECT
    term.indicator,
    ancestry.ancestor AS unit,
    observation.month,
    coalesce(sum(observation.value * term.factor) FILTER (term.part = 'num'), 0) AS num,
    sum(observation.value * term.factor) FILTER (term.part = 'den') AS den,
    max(observation.origin) AS origin
FROM observation
JOIN term
    ON term.dataset = observation.dataset
    AND term.column_name = observation.column_name
    AND (term.category = '' OR term.category = observation.category)
JOIN ancestry
    ON ancestry.unit = observation.unit
    AND observation.month BETWEEN ancestry.valid_from AND ancestry.valid_to
GROUP BY ALL
ORDER BY term.indicator, unit, observation.month
