/** The second version of the tables: every field of an issue, links, claims, people, milestones, and words to search by. */
import type { Connection } from './connection.ts';
import { indexText } from './text-index.ts';

/** A database of version 1 keeps all its data. */
export function everyField(db: Connection): void {
  db.exec(TABLES);
  for (const { name } of db.all('SELECT name FROM label')) {
    db.run('UPDATE label SET folded = :folded WHERE name = :name', { folded: fold(name), name: String(name) });
  }
  const people = `SELECT author AS name FROM issue WHERE author IS NOT NULL UNION SELECT person FROM issue_assignee
    UNION SELECT author FROM comment WHERE author IS NOT NULL`;
  for (const { name } of db.all(people)) {
    db.run('INSERT INTO person (name, folded) VALUES (:name, :folded)', { name: String(name), folded: fold(name) });
  }
  for (const { number, title, body } of db.all('SELECT number, title, body FROM issue')) {
    indexText(db, Number(number), { title: String(title), body: String(body) });
  }
}

function fold(name: unknown): string {
  return String(name).toLowerCase();
}

// `folded` is the name in lower case: SQLite's own `lower` knows only ASCII
const TABLES = `
  CREATE TABLE person (
    name TEXT PRIMARY KEY,
    folded TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX person_by_folded ON person (folded);

  CREATE TABLE milestone (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    description TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    due_date TEXT
  ) STRICT;

  ALTER TABLE issue ADD COLUMN type TEXT;
  ALTER TABLE issue ADD COLUMN priority INTEGER CHECK (priority BETWEEN 0 AND 4);
  ALTER TABLE issue ADD COLUMN milestone INTEGER REFERENCES milestone (id) ON DELETE SET NULL;
  ALTER TABLE issue ADD COLUMN parent INTEGER REFERENCES issue (number) ON DELETE SET NULL CHECK (parent <> number);
  ALTER TABLE issue ADD COLUMN story_points REAL;
  ALTER TABLE issue ADD COLUMN due_date TEXT;
  ALTER TABLE issue ADD COLUMN sprint TEXT;

  CREATE TABLE issue_assignee (
    number INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (number, place)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO issue_assignee SELECT number, key, value FROM issue, json_each(assignees);
  CREATE INDEX issue_by_assignee ON issue_assignee (person, number);
  ALTER TABLE issue DROP COLUMN assignees;

  ALTER TABLE label ADD COLUMN folded TEXT NOT NULL DEFAULT '';
  ALTER TABLE label ADD COLUMN description TEXT;
  ALTER TABLE label ADD COLUMN color TEXT;
  CREATE INDEX label_by_folded ON label (folded);

  -- the ids of the labels stand in the issue; issue_label only finds issues by label and state, as an index does
  ALTER TABLE issue ADD COLUMN labels TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(labels));
  UPDATE issue SET labels = (SELECT json_group_array(label) FROM issue_label WHERE issue_label.number = issue.number);
  DROP TRIGGER label_follows_state;
  DROP TABLE issue_label;
  CREATE TABLE issue_label (
    label INTEGER NOT NULL,
    state TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (label, state, number)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO issue_label SELECT value, state, number FROM issue, json_each(labels);
  CREATE TRIGGER label_follows_state AFTER UPDATE OF state ON issue WHEN old.state <> new.state
  BEGIN
    UPDATE issue_label SET state = new.state
      WHERE label IN (SELECT value FROM json_each(new.labels)) AND state = old.state AND number = new.number;
  END;
  CREATE TRIGGER label_goes_with_issue AFTER DELETE ON issue
  BEGIN
    DELETE FROM issue_label
      WHERE label IN (SELECT value FROM json_each(old.labels)) AND state = old.state AND number = old.number;
  END;

  DROP INDEX issue_by_state;
  ALTER TABLE issue DROP COLUMN closed;
  CREATE INDEX issue_by_state ON issue (state, number);
  -- those that were never changed have the order of their creation
  CREATE INDEX issue_by_update ON issue (updated_at, number) WHERE updated_at > created_at;
  CREATE INDEX issue_by_urgency ON issue (4 - priority, number) WHERE priority IS NOT NULL;
  CREATE INDEX issue_by_milestone ON issue (milestone, number) WHERE milestone IS NOT NULL;
  CREATE INDEX issue_by_parent ON issue (parent, number) WHERE parent IS NOT NULL;

  -- stored once, as read from one end: 'source blocks target'
  CREATE TABLE link (
    source INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    type TEXT NOT NULL CHECK (type IN ('blocks', 'relates to', 'duplicates', 'clones', 'depends on')),
    target INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    PRIMARY KEY (source, type, target),
    CHECK (source <> target)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX link_by_target ON link (target, type, source);

  CREATE TABLE claim (
    number INTEGER PRIMARY KEY REFERENCES issue (number) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;

  ALTER TABLE comment ADD COLUMN updated_at INTEGER;

  -- kinds grow with what PACE can do, so nothing here limits them
  CREATE TABLE change (
    -- 0: a change of something that many issues share, such as a label
    number INTEGER NOT NULL,
    -- counts the changes of this issue, from 2 on
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    kind TEXT NOT NULL,
    -- what of the issue, or of what many share: a comment's id, a link, a label's name
    subject TEXT,
    -- what the changed members were before
    before TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(before)),
    PRIMARY KEY (number, id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO change (number, id, at, actor, kind, before)
    SELECT number, 1 + row_number() OVER (PARTITION BY number ORDER BY id), at, actor, kind, before
    FROM event WHERE kind <> 'created';
  DROP TABLE event;
  -- that an issue was created, when and by whom, is known from the issue itself
  CREATE VIEW event AS
    SELECT number, 1 AS id, created_at AS at, author AS actor, 'created' AS kind, NULL AS subject, '{}' AS before FROM issue
    UNION ALL SELECT number, id, at, actor, kind, subject, before FROM change;

  -- every word of a title or a body, once; and which issues have it. See text-index.ts
  CREATE TABLE word (
    text TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE issue_word USING fts5(
    words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '_'"
  );
`;
