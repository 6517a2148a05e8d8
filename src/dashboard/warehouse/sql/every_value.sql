-- All that is served, in one order: what two serving files of the same months must agree on.
SELECT 'series' AS kind, indicator AS subject, unit, month, num AS one, den AS other, origin AS word FROM series
UNION ALL
SELECT 'bedomning', goal, unit, month, NULL, NULL, colour || ' ' || reason || ' ' || origin FROM unit_status
UNION ALL
SELECT 'risk', risk, '', month, probability, consequence, measures_status || ' ' || origin FROM risk_state
UNION ALL
SELECT 'månadsfil', dataset, '', month, NULL, NULL, parse_filename(file) || ' ' || origin FROM snapshot
UNION ALL
SELECT 'lucka', dataset, '', month, NULL, NULL, '' FROM gap
ORDER BY ALL
