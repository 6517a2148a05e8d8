SELECT min(month) AS first, max(month) AS last FROM series
