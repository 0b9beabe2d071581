-- schema
CREATE TABLE users (id int primary key);
CREATE OR REPLACE FUNCTION f() RETURNS int AS 'x';
DELETE FROM users;
UPDATE users SET a = 1 WHERE id = 2;
