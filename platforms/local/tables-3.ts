/** The third version of the tables: what can be begun, until when an issue is deferred, and changes in the order they were made. */
import type { Connection } from './connection.ts';

/** A database of version 2 keeps all its data. */
export function graphAndTime(db: Connection): void {
  db.exec(TABLES);
}

const CLOSED = "('done', 'canceled')";

const TABLES = `
  ALTER TABLE issue ADD COLUMN defer_until INTEGER;
  CREATE INDEX issue_by_deferral ON issue (defer_until) WHERE defer_until IS NOT NULL;
  CREATE INDEX issue_by_due_date ON issue (due_date) WHERE due_date IS NOT NULL;

  -- links may be of any type that PACE knows: those of earlier versions were listed here
  CREATE TABLE link_of_any_type (
    source INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    type TEXT NOT NULL,
    target INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    PRIMARY KEY (source, type, target),
    CHECK (source <> target)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO link_of_any_type SELECT source, type, target FROM link;
  DROP TABLE link;
  ALTER TABLE link_of_any_type RENAME TO link;
  CREATE INDEX link_by_target ON link (target, type, source);

  -- the order of all changes, whatever clocks said
  CREATE TABLE change_in_order (
    seq INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    kind TEXT NOT NULL,
    subject TEXT,
    before TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(before)),
    -- what was written by one act has the same; nothing of version 2 tells
    act INTEGER,
    UNIQUE (number, id)
  ) STRICT;
  INSERT INTO change_in_order (number, id, at, actor, kind, subject, before)
    SELECT number, id, at, actor, kind, subject, before FROM change ORDER BY at, number, id;
  DROP VIEW event;
  DROP TABLE change;
  ALTER TABLE change_in_order RENAME TO change;
  CREATE VIEW event AS
    SELECT number, 1 AS id, created_at AS at, author AS actor, 'created' AS kind, NULL AS subject, '{}' AS before, NULL AS act
      FROM issue
    UNION ALL SELECT number, id, at, actor, kind, subject, before, act FROM change;

  -- how many open issues it waits for, and how many stand directly below it
  ALTER TABLE issue ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE issue ADD COLUMN below INTEGER NOT NULL DEFAULT 0;
  UPDATE issue SET waits =
      (SELECT count(*) FROM link JOIN issue AS first ON first.number = link.source
        WHERE link.target = issue.number AND link.type = 'blocks' AND first.state NOT IN ${CLOSED})
      + (SELECT count(*) FROM link JOIN issue AS first ON first.number = link.target
        WHERE link.source = issue.number AND link.type = 'depends on' AND first.state NOT IN ${CLOSED})
    WHERE number IN (SELECT target FROM link WHERE type = 'blocks' UNION ALL SELECT source FROM link WHERE type = 'depends on');
  UPDATE issue SET below =
      (SELECT count(*) FROM issue AS child WHERE child.parent = issue.number AND child.state NOT IN ${CLOSED})
    WHERE number IN (SELECT parent FROM issue WHERE parent IS NOT NULL);

  -- where it stands: what is in neither place is under way, or closed
  ALTER TABLE issue ADD COLUMN standing TEXT GENERATED ALWAYS AS (CASE
    WHEN state IN ${CLOSED} THEN NULL
    WHEN state = 'blocked' OR waits > 0 THEN 'blocked'
    WHEN state = 'open' AND below = 0 THEN 'ready'
  END) VIRTUAL;
  CREATE INDEX issue_by_standing ON issue (standing, coalesce(priority, 5), number) WHERE standing IS NOT NULL;

  CREATE TRIGGER link_is_waited_for AFTER INSERT ON link WHEN new.type IN ('blocks', 'depends on')
  BEGIN
    UPDATE issue SET waits = waits + 1
      WHERE number = iif(new.type = 'blocks', new.target, new.source) AND EXISTS (SELECT 1 FROM issue AS first
        WHERE first.number = iif(new.type = 'blocks', new.source, new.target) AND first.state NOT IN ${CLOSED});
  END;
  CREATE TRIGGER link_was_waited_for AFTER DELETE ON link WHEN old.type IN ('blocks', 'depends on')
  BEGIN
    UPDATE issue SET waits = waits - 1
      WHERE number = iif(old.type = 'blocks', old.target, old.source) AND EXISTS (SELECT 1 FROM issue AS first
        WHERE first.number = iif(old.type = 'blocks', old.source, old.target) AND first.state NOT IN ${CLOSED});
  END;
  CREATE TRIGGER standing_follows_state AFTER UPDATE OF state ON issue
    WHEN (old.state IN ${CLOSED}) <> (new.state IN ${CLOSED})
  BEGIN
    UPDATE issue SET waits = waits + iif(new.state IN ${CLOSED}, -1, 1)
      WHERE number IN (SELECT target FROM link WHERE source = new.number AND type = 'blocks');
    UPDATE issue SET waits = waits + iif(new.state IN ${CLOSED}, -1, 1)
      WHERE number IN (SELECT source FROM link WHERE target = new.number AND type = 'depends on');
    UPDATE issue SET below = below + iif(new.state IN ${CLOSED}, -1, 1) WHERE number = new.parent;
  END;
  CREATE TRIGGER standing_follows_parent AFTER UPDATE OF parent ON issue
    WHEN old.parent IS NOT new.parent AND new.state NOT IN ${CLOSED}
  BEGIN
    UPDATE issue SET below = below - 1 WHERE number = old.parent;
    UPDATE issue SET below = below + 1 WHERE number = new.parent;
  END;
  -- before it goes, and its links with it
  CREATE TRIGGER standing_without_issue BEFORE DELETE ON issue WHEN old.state NOT IN ${CLOSED}
  BEGIN
    UPDATE issue SET waits = waits - 1
      WHERE number IN (SELECT target FROM link WHERE source = old.number AND type = 'blocks');
    UPDATE issue SET waits = waits - 1
      WHERE number IN (SELECT source FROM link WHERE target = old.number AND type = 'depends on');
    UPDATE issue SET below = below - 1 WHERE number = old.parent;
  END;
`;
