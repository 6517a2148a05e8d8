INSERT INTO observation
SELECT 'medarbetare', column_name, category, unit, month, value, origin
FROM (
    UNPIVOT (
        SELECT
            '' AS category, row.unit, row.month, s.origin,
            CAST(row.sjuktimmar_kort AS DOUBLE) AS sjuktimmar_kort,
            CAST(row.sjuktimmar_lang AS DOUBLE) AS sjuktimmar_lang,
            CAST(row.ordinarie_timmar AS DOUBLE) AS ordinarie_timmar,
            CAST(row.anstallda AS DOUBLE) AS anstallda,
            CAST(row.slutat_externt AS DOUBLE) AS slutat_externt,
            CAST(row.frisknarvaro_antal AS DOUBLE) AS frisknarvaro_antal,
            CAST(row.puls_summa AS DOUBLE) AS puls_summa,
            CAST(row.puls_svar AS DOUBLE) AS puls_svar
        FROM read_parquet($files, filename = true) AS row
        JOIN snapshot AS s ON s.file = row.filename
    )
    ON sjuktimmar_kort, sjuktimmar_lang, ordinarie_timmar, anstallda, slutat_externt, frisknarvaro_antal, puls_summa, puls_svar
    INTO NAME column_name VALUE value
)
