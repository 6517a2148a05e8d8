-- Who counts into whom, a list for each column.
INSERT INTO ancestry SELECT unnest(?), unnest(?), unnest(?), unnest(?)
