SELECT risk, month, probability, consequence, measures_status, origin
FROM risk_state
WHERE month BETWEEN $first AND $last
ORDER BY risk, month
