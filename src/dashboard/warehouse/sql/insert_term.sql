-- The definitions, a list for each column.
INSERT INTO term SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
