-- What one would write first: an append-only table, versions unique in their stream, one function to append.
CREATE TABLE events (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream text NOT NULL,
  version bigint NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  data bytea NOT NULL,
  UNIQUE (stream, version)
);
CREATE FUNCTION append(stream text, version bigint, id uuid, type text, data bytea) RETURNS bigint LANGUAGE sql AS
  'INSERT INTO events (stream, version, id, type, data) VALUES ($1, $2, $3, $4, $5) RETURNING position';
