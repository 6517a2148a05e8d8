-- Every value of every table: each block is checked against its checksum as it is read.
SELECT bit_xor(hash(row)) FROM meta AS row
UNION ALL
SELECT bit_xor(hash(row)) FROM snapshot AS row
UNION ALL
SELECT bit_xor(hash(row)) FROM gap AS row
UNION ALL
SELECT bit_xor(hash(row)) FROM series AS row
UNION ALL
SELECT bit_xor(hash(row)) FROM unit_status AS row
UNION ALL
SELECT bit_xor(hash(row)) FROM risk_state AS row
