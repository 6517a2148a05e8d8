-- The month files, a list for each column: one statement, however many they are.
INSERT INTO snapshot SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
