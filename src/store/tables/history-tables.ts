/** Has what is asked every second or at a start read no more the longer the history is: one migration, never edited. */
export const historyTables = `
  -- Rows counted as they come and go: counting them anew would read all that there ever was.
  CREATE TABLE row_counts (what TEXT PRIMARY KEY, counted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO row_counts
    SELECT 'tiles ' || value, (SELECT count(*) FROM tiles WHERE state = value)
    FROM json_each('["seen","segmented","failed","superseded"]');
  INSERT INTO row_counts VALUES
    ('unusable_files', (SELECT count(*) FROM unusable_files)), ('outbox', (SELECT count(*) FROM outbox));
  CREATE TRIGGER tiles_come AFTER INSERT ON tiles BEGIN
    UPDATE row_counts SET counted = counted + 1 WHERE what = 'tiles ' || new.state;
  END;
  CREATE TRIGGER tiles_change AFTER UPDATE OF state ON tiles WHEN new.state <> old.state BEGIN
    UPDATE row_counts SET counted = counted - 1 WHERE what = 'tiles ' || old.state;
    UPDATE row_counts SET counted = counted + 1 WHERE what = 'tiles ' || new.state;
  END;
  CREATE TRIGGER tiles_go AFTER DELETE ON tiles BEGIN
    UPDATE row_counts SET counted = counted - 1 WHERE what = 'tiles ' || old.state;
  END;
  CREATE TRIGGER unusable_files_come AFTER INSERT ON unusable_files BEGIN
    UPDATE row_counts SET counted = counted + 1 WHERE what = 'unusable_files';
  END;
  CREATE TRIGGER unusable_files_go AFTER DELETE ON unusable_files BEGIN
    UPDATE row_counts SET counted = counted - 1 WHERE what = 'unusable_files';
  END;
  CREATE TRIGGER outbox_comes AFTER INSERT ON outbox BEGIN
    UPDATE row_counts SET counted = counted + 1 WHERE what = 'outbox';
  END;
  CREATE TRIGGER outbox_goes AFTER DELETE ON outbox BEGIN
    UPDATE row_counts SET counted = counted - 1 WHERE what = 'outbox';
  END;

  CREATE INDEX runs_by_state ON runs (state);
  CREATE INDEX runs_by_label ON runs (sample_label, instrument_id);
  CREATE INDEX runs_by_last_tile ON runs (last_tile_at_ms);
  CREATE INDEX runs_under_analysis ON runs (id) WHERE analysis ->> '$.underWay';
  CREATE INDEX runs_being_deleted ON runs (id) WHERE rows_deleted_after_days IS NOT NULL AND rows_left = 1;

  CREATE INDEX unusable_by_time ON unusable_files (at_ms, code);
  CREATE INDEX unusable_by_code ON unusable_files (code, path);
  CREATE INDEX unusable_by_origin
    ON unusable_files (run_key ->> 'folder', run_key ->> 'sampleLabel', run_key ->> 'instrumentId')
    WHERE run_key IS NOT NULL;

  -- The previous summary of a sample is found without reading the payloads of all.
  CREATE INDEX summaries_finished_of_run ON summaries (run_id, json_extract(payload, '$.at')) WHERE state <> 'filling';
  `;
