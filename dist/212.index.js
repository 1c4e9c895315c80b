export const id = 212;
export const ids = [212];
export const modules = {

/***/ 5278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ during)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(776);

/** Runs the work of a port's method; whatever it throws becomes a `PaceError` that names the method. */
async function during(operation, work) {
    try {
        return await work();
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asPaceError */ .Qd)(error), operation);
    }
}


/***/ }),

/***/ 2588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CT: () => (/* binding */ insideWorkspace),
/* harmony export */   vK: () => (/* binding */ writeAtomically),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(776);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2130);
/** Small text files that people and other programs read while we write them. */





/** Writes the file whole or not at all, and makes its folder. A reader sees the old text or the new one. */
function writeAtomically(path, text) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), { recursive: true });
        writeBeside(path, text);
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .z)(error, 'write', path);
    }
}
function writeBeside(path, text) {
    const temporary = `${path}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.tmp`;
    try {
        writeDurably(temporary, text);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(temporary, path);
        keepName((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(temporary, { force: true });
        throw error;
    }
}
function writeDurably(path, text) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(path, 'wx');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(file, text);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fsyncSync)(file);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(file);
    }
}
/** A new name is part of the folder, which some systems do not let us open: there it is theirs to keep. */
function keepName(folder) {
    try {
        const opened = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(folder, 'r');
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fsyncSync)(opened);
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(opened);
        }
    }
    catch {
        // the file itself is on the disk
    }
}
/** `undefined` when there is no such file. */
function readText(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path, 'utf8');
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .C)(error) === 'ENOENT' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .C)(error) === 'ENOTDIR')
            return undefined;
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .z)(error, 'read', path);
    }
}
/** The path, in its shortest form with `/`; refused when it leads out of the workspace. */
function insideWorkspace(path) {
    const normal = node_path__WEBPACK_IMPORTED_MODULE_2__.posix.normalize(path.replaceAll('\\', '/'));
    if (!(0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(normal) && !(0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(path) && normal !== '.' && !normal.startsWith('..'))
        return normal;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .PaceError */ .qw({
        kind: 'validation',
        message: `${JSON.stringify(path.slice(0, 200))} is not a path below the workspace.`,
        remedy: 'Please give a relative path without `..`.',
    });
}


/***/ }),

/***/ 3212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createTracker: () => (/* binding */ createTracker)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
// EXTERNAL MODULE: ./build/platforms/git.js
var git = __webpack_require__(4523);
;// CONCATENATED MODULE: ./build/platforms/local/current-person.js

/** Who writes: the agent's name, else git's `user.name`, else the user of the machine. Asked once, when first needed. */
function currentPerson(world) {
    let person;
    return () => {
        person ??= find(world);
        return person;
    };
}
async function find({ cwd, env }) {
    if (env['PACE_AGENT'])
        return env['PACE_AGENT'];
    return (await (0,git/* gitOr */.O)({ cwd, env }, ['config', 'user.name'])) || env['USER'] || env['USERNAME'] || undefined;
}

// EXTERNAL MODULE: ./build/platforms/local/during.js
var during = __webpack_require__(5278);
;// CONCATENATED MODULE: ./build/platforms/local/input.js
/** What the embedded tracker takes: keys, titles, bodies and labels. */


const TITLE_LIMIT = 255;
/** In characters, with the metadata. */
const BODY_LIMIT = 1_000_000;
function measureBody(markdown, metadata) {
    return markdown.length + (metadata ? JSON.stringify(metadata).length : 0);
}
/** The number that a key stands for. */
function toNumber(key) {
    if (/^[1-9]\d{0,14}$/.test(key))
        return Number(key);
    throw new errors/* PaceError */.qw({
        kind: 'not-found',
        message: `There is no issue \`${(0,untrusted_text/* plainLine */.h0)(key, 40)}\`: keys of the embedded tracker are numbers.`,
        remedy: 'Please give a number, e.g. 12. `pace issue list` shows them.',
    });
}
function noSuchIssue(number) {
    throw new errors/* PaceError */.qw({
        kind: 'not-found',
        message: `There is no issue ${number}.`,
        remedy: 'Please check the number: `pace issue list` shows all of them.',
    });
}
function checkTitle(title) {
    if (title.trim() === '')
        throw refused('The title is empty.', 'Please give the issue a title.');
    if (/[\r\n]/.test(title))
        throw refused('The title has more than one line.', 'Please move the rest to the body.');
    if (title.length <= TITLE_LIMIT)
        return;
    throw refused(`The title has ${title.length} characters; ${TITLE_LIMIT} are allowed.`, 'Please shorten it.');
}
function checkBody(body, metadata) {
    const size = measureBody(body, metadata);
    if (size <= BODY_LIMIT)
        return;
    throw refused(`The text has ${size} characters; ${BODY_LIMIT} are allowed.`, 'Please shorten it, or link to a file.');
}
function checkLabels(labels = []) {
    for (const label of labels) {
        if (label.trim() === '' || /\p{Cc}/u.test(label)) {
            throw refused(`\`${(0,untrusted_text/* plainLine */.h0)(label, 40)}\` cannot be a label.`, 'Please use a text of one line.');
        }
    }
}
function refused(message, remedy) {
    return new errors/* PaceError */.qw({ kind: 'validation', message, remedy });
}

// EXTERNAL MODULE: ./build/platforms/local/files.js
var files = __webpack_require__(2588);
;// CONCATENATED MODULE: ./build/platforms/local/mirror.js
/** Issues of the gate as Markdown files under `.pace/`, for people. They are written, never read. */


/** Where the issue's file is, relative to the workspace; `undefined` for issues that are not the gate's. */
function mirrorPath(metadata) {
    const origin = originOf(metadata);
    switch (origin?.kind) {
        case 'escalation':
            return `.pace/day-${origin.day}/escalation-issue.md`;
        case 'advisory':
            return `.pace/advisory-day${origin.day}-${fileName(origin.agent)}.md`;
        case 'story':
            return `.pace/day-${origin.day}/story-ticket.md`;
        default:
            return undefined;
    }
}
/** Writes the issue's file, where it has one; a handoff on a story gets its own file too. */
function mirrorIssue({ cwd }, mirrored) {
    const origin = originOf(mirrored.issue.metadata);
    const path = mirrorPath(mirrored.issue.metadata);
    if (origin === undefined || path === undefined)
        return;
    (0,files/* writeAtomically */.vK)((0,external_node_path_.join)(cwd, path), mirror_document(mirrored));
    const handoff = mirrored.comments.findLast((comment) => /^#{1,6} .*\bhandoff\b/i.test(comment.body));
    if (origin.kind !== 'story' || !handoff)
        return;
    (0,files/* writeAtomically */.vK)((0,external_node_path_.join)(cwd, `.pace/day-${origin.day}/story-handoff-comment.md`), `${handoff.body.trimEnd()}\n`);
}
/** What the gate has marked the issue with; `undefined` for everybody else's issues. */
function originOf(metadata) {
    const origin = metadata['pace'];
    if (typeof origin !== 'object' || origin === null || !('kind' in origin) || !('day' in origin))
        return undefined;
    if (typeof origin.day !== 'number' || !Number.isSafeInteger(origin.day) || origin.day < 0)
        return undefined;
    if (typeof origin.kind !== 'string')
        return undefined;
    const agent = 'agent' in origin && typeof origin.agent === 'string' ? origin.agent : '';
    return { kind: origin.kind, day: origin.day, agent };
}
function fileName(agent) {
    const name = agent.toLowerCase().replace(/[^a-z0-9_]+/g, '-');
    return name.slice(0, 60) || 'pace';
}
function mirror_document({ issue, comments, database }) {
    const facts = [
        `Status: ${issue.stateName}`,
        ...(issue.labels.length > 0 ? [`Labels: ${issue.labels.join(', ')}`] : []),
    ];
    const origin = `_Issue ${issue.key} of \`${database}\`, written by PACE. Changes to this file are not read._`;
    const parts = [`# ${issue.title}`, facts.join(' · '), origin, issue.body.trimEnd(), ...comments.map(section)];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}
function section({ author, createdAt, body }) {
    return `---\n\n**${author?.name ?? 'Somebody'}**, ${time(createdAt)}:\n\n${body.trimEnd()}`;
}
function time(milliseconds) {
    return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

;// CONCATENATED MODULE: ./build/platforms/local/wire.js
/** What `toIssue` reads. */
const ISSUE_COLUMNS = `
  number, title, body, state, author, assignees, metadata, created_at, updated_at,
  (SELECT json_group_array(name ORDER BY name) FROM issue_label JOIN label ON label.id = issue_label.label
   WHERE issue_label.number = issue.number) AS labels`;
const stateNames = {
    open: 'Open',
    in_progress: 'In progress',
    in_review: 'In review',
    blocked: 'Blocked',
    done: 'Done',
    canceled: 'Canceled',
};
/** A row of `ISSUE_COLUMNS`; `urlOf` says where a person finds the issue. */
function toIssue(row, urlOf) {
    const metadata = toMetadata(row['metadata']);
    const state = toState(row['state']);
    const author = toPerson(row['author']);
    return {
        key: String(row['number']),
        url: urlOf(Number(row['number']), metadata),
        title: String(row['title']),
        body: String(row['body']),
        state,
        stateName: stateNames[state],
        labels: toTexts(row['labels']),
        assignees: toTexts(row['assignees']).map((name) => ({ id: name, name })),
        ...(author ? { author } : {}),
        createdAt: Number(row['created_at']),
        updatedAt: Number(row['updated_at']),
        metadata,
    };
}
function toComment(row) {
    const author = toPerson(row['author']);
    return {
        id: String(row['id']),
        body: String(row['body']),
        ...(author ? { author } : {}),
        createdAt: Number(row['created_at']),
    };
}
function toState(value) {
    const known = Object.keys(stateNames).find((state) => state === value);
    return known ?? 'open';
}
function toPerson(value) {
    return typeof value === 'string' && value !== '' ? { id: value, name: value } : undefined;
}
function toTexts(value) {
    const parsed = JSON.parse(String(value));
    return Array.isArray(parsed) ? parsed.map(String) : [];
}
function toMetadata(value) {
    const parsed = JSON.parse(String(value));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

;// CONCATENATED MODULE: ./build/platforms/local/pages.js

/** The newest issues that fit, newest first; fewer than `limit` on the last page. */
function findPage(db, { filter, before, limit }, urlOf) {
    const labels = labelValues(db, filter.labels ?? []);
    const start = startValues(db, filter.createdSince);
    if (!labels || !start)
        return [];
    return db.all(pageSql(filter), { ...labels, ...start, before, limit }).map((row) => toIssue(row, urlOf));
}
// `undefined`: nobody has such a label
function labelValues(db, names) {
    const values = {};
    for (const [index, name] of names.entries()) {
        const row = db.get('SELECT id FROM label WHERE name = :name', { name });
        if (!row)
            return undefined;
        values[`label${index}`] = row['id'] ?? null;
    }
    return values;
}
// the first number of that time, so that older issues are not even looked at; `undefined`: nothing is that new
function startValues(db, since) {
    if (since === undefined)
        return {};
    const number = db.get('SELECT min(number) AS number FROM issue WHERE created_at >= :since', { since })?.['number'];
    return typeof number === 'number' ? { since, first: number } : undefined;
}
/** Exported for a look at its query plan. */
function pageSql(filter) {
    const closed = filter.state === 'open' ? [0] : filter.state === 'closed' ? [1] : [0, 1];
    // one branch per value: each comes sorted out of its index, and SQLite only merges them
    const numbers = closed.map((value) => numbersSql(filter, value)).join(' UNION ALL ');
    return `SELECT ${ISSUE_COLUMNS} FROM (${numbers} ORDER BY number DESC LIMIT :limit) JOIN issue USING (number)
    ORDER BY number DESC`;
}
function numbersSql({ labels = [], createdSince }, closed) {
    const conditions = [`closed = ${closed}`, 'number < :before'];
    if (createdSince !== undefined) {
        conditions.push('number >= :first', '(SELECT created_at FROM issue WHERE number = item.number) >= :since');
    }
    if (labels.length > 0)
        conditions.push('label = :label0');
    for (const index of labels.keys()) {
        if (index === 0)
            continue;
        conditions.push(`EXISTS (SELECT 1 FROM issue_label WHERE number = item.number AND label = :label${index})`);
    }
    return `SELECT number FROM ${labels.length > 0 ? 'issue_label' : 'issue'} AS item WHERE ${conditions.join(' AND ')}`;
}

;// CONCATENATED MODULE: ./build/platforms/local/records.js

function findIssue(db, number, urlOf) {
    const row = db.get(`SELECT ${ISSUE_COLUMNS} FROM issue WHERE number = :number`, { number });
    return row && toIssue(row, urlOf);
}
/** The gate's issues of this kind and day, oldest first, without those that were given up in favour of another. */
function findMarked(db, mark, urlOf) {
    const sql = `SELECT ${ISSUE_COLUMNS} FROM issue
    WHERE metadata ->> '$.pace.kind' = :kind AND metadata ->> '$.pace.day' = :day AND state <> 'canceled' ORDER BY number`;
    return db.all(sql, { ...mark }).map((row) => toIssue(row, urlOf));
}
/** Returns the number of the new issue. */
function insertIssue(db, draft, { at, actor }) {
    const number = db.run(`INSERT INTO issue (title, body, state, purpose, author, assignees, metadata, created_at, updated_at)
     VALUES (:title, :body, 'open', :purpose, :author, :assignees, :metadata, :at, :at)`, {
        title: draft.title,
        body: draft.body,
        purpose: draft.purpose ?? null,
        author: actor ?? null,
        assignees: JSON.stringify([...new Set(draft.assignees ?? [])]),
        metadata: JSON.stringify(draft.metadata ?? {}),
        at,
    });
    attachLabels(db, number, draft.labels ?? []);
    record(db, number, { at, actor }, 'created', {});
    return number;
}
/** Writes what differs; nothing at all when nothing does. */
function changeIssue(db, issue, patch, stamp) {
    const before = beforeOf(issue, patch);
    if (Object.keys(before).length === 0)
        return;
    const number = Number(issue.key);
    db.run('UPDATE issue SET title = :title, body = :body, metadata = :metadata, updated_at = :at WHERE number = :number', {
        title: patch.title ?? issue.title,
        body: patch.body ?? issue.body,
        metadata: JSON.stringify(patch.metadata ?? issue.metadata),
        at: laterOf(issue, stamp),
        number,
    });
    if ('labels' in before) {
        db.run('DELETE FROM issue_label WHERE number = :number', { number });
        attachLabels(db, number, patch.labels ?? []);
    }
    record(db, number, stamp, 'updated', before);
}
function moveIssue(db, issue, state, stamp) {
    if (issue.state === state)
        return;
    const number = Number(issue.key);
    const closedAt = state === 'done' || state === 'canceled' ? stamp.at : null;
    const values = { state, closedAt, at: laterOf(issue, stamp), number };
    db.run('UPDATE issue SET state = :state, closed_at = :closedAt, updated_at = :at WHERE number = :number', values);
    record(db, number, stamp, 'moved', { state: issue.state });
}
/** Oldest first. */
function findComments(db, number) {
    return db.all('SELECT * FROM comment WHERE number = :number ORDER BY id', { number }).map(toComment);
}
function insertComment(db, issue, body, stamp) {
    const number = Number(issue.key);
    const { at, actor } = stamp;
    const sql = 'INSERT INTO comment (number, body, author, created_at) VALUES (:number, :body, :author, :at)';
    const id = db.run(sql, { number, body, author: actor ?? null, at });
    db.run('UPDATE issue SET updated_at = :at WHERE number = :number', { at: laterOf(issue, stamp), number });
    record(db, number, stamp, 'commented', {});
    return toComment({ ...db.get('SELECT * FROM comment WHERE id = :id', { id }) });
}
/** The old values of what the patch changes. */
function beforeOf(issue, patch) {
    const labels = patch.labels && [...new Set(patch.labels)].sort();
    const wanted = { title: patch.title, body: patch.body, labels, metadata: patch.metadata };
    const old = { title: issue.title, body: issue.body, labels: [...issue.labels].sort(), metadata: issue.metadata };
    const changed = Object.entries(old).filter(([name, value]) => {
        const next = wanted[name];
        return next !== undefined && JSON.stringify(next) !== JSON.stringify(value);
    });
    return Object.fromEntries(changed);
}
function attachLabels(db, number, labels) {
    for (const name of new Set(labels)) {
        db.run('INSERT INTO label (name) VALUES (:name) ON CONFLICT DO NOTHING', { name });
        db.run(`INSERT INTO issue_label (number, label, closed)
       SELECT :number, label.id, issue.closed FROM label, issue WHERE label.name = :name AND issue.number = :number`, { number, name });
    }
}
// a clock that was set back must not make a change older than the issue
function laterOf(issue, { at }) {
    return Math.max(at, issue.updatedAt);
}
function record(db, number, { at, actor }, kind, before) {
    db.run('INSERT INTO event (number, at, actor, kind, before) VALUES (:number, :at, :actor, :kind, :before)', {
        number,
        at,
        actor: actor ?? null,
        kind,
        before: JSON.stringify(before),
    });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:sqlite"
var external_node_sqlite_ = __webpack_require__(99);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./build/platforms/file-error.js
var file_error = __webpack_require__(2130);
;// CONCATENATED MODULE: ./build/platforms/local/connection.js
function connect(db) {
    const statements = new Map();
    function prepared(sql) {
        const statement = statements.get(sql) ?? db.prepare(sql);
        statements.set(sql, statement);
        return statement;
    }
    const connection = {
        get: (sql, values = {}) => prepared(sql).get(values),
        all: (sql, values = {}) => prepared(sql).all(values),
        run: (sql, values = {}) => Number(prepared(sql).run(values).lastInsertRowid),
        exec: (sql) => db.exec(sql),
        transaction: (work) => {
            connection.run('BEGIN IMMEDIATE');
            try {
                const result = work();
                connection.run('COMMIT');
                return result;
            }
            catch (error) {
                rollBack(connection);
                throw error;
            }
        },
        close: () => db.close(),
    };
    return connection;
}
function rollBack(db) {
    try {
        db.run('ROLLBACK');
    }
    catch {
        // some errors, such as a full disk, have ended the transaction already; the caller throws the error that matters
    }
}

;// CONCATENATED MODULE: ./build/platforms/local/schema.js
/** The tables of the embedded tracker, as steps: the n-th step leads from version n to n + 1. Never change a published one. */

/** "PACE" in ASCII, in the header of the file. https://sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x50414345;
const steps = [
    `
  CREATE TABLE issue (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled')),
    closed INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('done', 'canceled')) STORED,
    purpose TEXT,
    author TEXT,
    assignees TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(assignees)),
    metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    closed_at INTEGER
  ) STRICT;
  CREATE INDEX issue_by_state ON issue (closed, number);
  CREATE INDEX issue_by_age ON issue (created_at, number);
  CREATE INDEX issue_by_mark ON issue (metadata ->> '$.pace.kind', metadata ->> '$.pace.day')
    WHERE metadata ->> '$.pace.kind' IS NOT NULL;

  CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE issue_label (
    number INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    label INTEGER NOT NULL REFERENCES label (id),
    closed INTEGER NOT NULL,
    PRIMARY KEY (number, label)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX issue_by_label ON issue_label (label, closed, number);
  CREATE TRIGGER label_follows_state AFTER UPDATE OF state ON issue WHEN old.closed <> new.closed
  BEGIN
    UPDATE issue_label SET closed = new.closed WHERE number = new.number;
  END;

  CREATE TABLE comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    body TEXT NOT NULL,
    author TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX comment_by_issue ON comment (number, id);

  CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('created', 'updated', 'moved', 'commented')),
    -- what the changed members were before
    before TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(before))
  ) STRICT;
  CREATE INDEX event_by_issue ON event (number, id);
  `,
];
/** Whether the file has our tables in a version that this program knows; `false` when it is empty or older. */
function isCurrent(db, path) {
    const version = Number(db.get('PRAGMA user_version')?.['user_version']);
    const owner = Number(db.get('PRAGMA application_id')?.['application_id']);
    const tables = Number(db.get('SELECT count(*) AS n FROM sqlite_schema')?.['n']);
    if (tables > 0 && owner !== APPLICATION_ID)
        throw foreignFile(path);
    if (version > steps.length)
        throw newerFile(path, version);
    return version === steps.length;
}
/** Creates or raises the tables, in one transaction that also settles who of several processes does it. */
function migrate(db, path) {
    if (isCurrent(db, path))
        return;
    db.transaction(() => {
        if (isCurrent(db, path))
            return;
        const version = Number(db.get('PRAGMA user_version')?.['user_version']);
        for (const step of steps.slice(version))
            db.exec(step);
        db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length};`);
    });
}
function foreignFile(path) {
    return new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `${path} is a SQLite database of another program.`,
        remedy: 'Please set `local.database` in pace.config.yaml (or PACE_DATABASE) to another file.',
    });
}
function newerFile(path, version) {
    return new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `${path} was written by a newer PACE: its version is ${version}, and this program knows up to ${steps.length}.`,
        remedy: 'Please update PACE. The file was left as it is.',
    });
}

;// CONCATENATED MODULE: ./build/platforms/local/store-error.js
/** SQLite's result codes in our words. https://sqlite.org/rescode.html */


/** Primary result codes. `BUSY`: somebody else holds the lock. */
const BUSY = 5;
const READONLY = 8;
const CANTOPEN = 14;
/** An error of `node:sqlite`; with `code` only that primary result code. */
function isSqliteError(error, code) {
    if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
        return false;
    // the upper bytes say more about the same trouble
    return code === undefined || (error.errcode & 0xff) === code;
}
function storeError(error, deed, path) {
    const found = isFolder(path) ? folderInstead(path) : translations.get(error.errcode & 0xff)?.(path, deed);
    return new errors/* PaceError */.qw({
        kind: 'unexpected',
        message: `Cannot ${deed} ${path}: ${error.message}.`,
        remedy: 'Please report this with the log of this run. The file was left as it is.',
        ...found,
        vendorMessage: error.message,
        cause: error,
    });
}
const notWritable = (path, deed) => ({
    kind: 'permission',
    message: `Cannot ${deed} ${path}: the file or its folder is not writable.`,
    remedy: `Please allow the user that runs PACE to write ${path} and its folder, or set PACE_DATABASE to another file.`,
});
const damaged = (path) => ({
    kind: 'configuration',
    message: `${path} is damaged, or is no SQLite database.`,
    remedy: `Please restore it from a copy, or move it away: PACE then starts with an empty tracker. It was left as it is.`,
});
const diskTrouble = (path, deed) => ({
    kind: 'transient',
    message: `Cannot ${deed} ${path}: the disk is full or fails.`,
    remedy: 'Please free some space on the disk, then run PACE again. Nothing was changed.',
});
const inUse = (path) => ({
    kind: 'transient',
    message: `${path} is in use by another process for too long.`,
    remedy: 'Please end the other process that writes to it, or run PACE again later. Nothing was changed.',
});
const translations = new Map([
    [3, notWritable],
    [BUSY, inUse],
    [6, inUse],
    [READONLY, notWritable],
    [10, diskTrouble],
    [11, damaged],
    [13, diskTrouble],
    [CANTOPEN, notWritable],
    [23, notWritable],
    [26, damaged],
]);
function folderInstead(path) {
    return {
        kind: 'configuration',
        message: `${path} is a folder, and should be the file that holds the issues.`,
        remedy: 'Please set `local.database` in pace.config.yaml (or PACE_DATABASE) to a file.',
    };
}
function isFolder(path) {
    return (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

;// CONCATENATED MODULE: ./build/platforms/local/store.js
/** The SQLite file of the embedded tracker: opened when needed, shared by any number of processes. https://nodejs.org/api/sqlite.html */








/**
 * The store at an absolute path; `patience` is how long a writer waits for others, in milliseconds. The file is open for
 * one turn of the event loop at most: closing folds the write-ahead log back, so that whoever copies or commits the file
 * between two turns has it whole.
 */
function openStore(path, patience = 15_000) {
    let open;
    function connection(connect) {
        if (open)
            return open;
        const opened = connect();
        open = opened;
        setImmediate(() => {
            open = undefined;
            opened.close();
        });
        return opened;
    }
    return {
        read: (work, none) => translated(path, 'read', () => {
            if (!exists(path))
                return none();
            return work(connection(() => connectForReading(path, patience)));
        }),
        write: (work, none) => translated(path, 'write', () => {
            if (none && !exists(path))
                return none();
            const db = connection(() => connectForWriting(path, patience));
            return db.transaction(() => work(db));
        }),
    };
}
function exists(path) {
    // an empty file is a database without tables
    return (0,external_node_fs_.existsSync)(path) && ((0,external_node_fs_.statSync)(path).isDirectory() || (0,external_node_fs_.statSync)(path).size > 0);
}
function connectForWriting(path, patience) {
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(path), { recursive: true });
    const db = connect(new external_node_sqlite_.DatabaseSync(path, { timeout: STEP }));
    return configured(db, () => {
        retryWhileBusy(patience / STEP, () => db.exec('PRAGMA journal_mode = WAL'));
        db.exec(`PRAGMA busy_timeout = ${patience}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON`);
        migrate(db, path);
    });
}
function connectForReading(path, patience) {
    try {
        return connectForWriting(path, patience);
    }
    catch (error) {
        const locked = isSqliteError(error, CANTOPEN) || isSqliteError(error, READONLY);
        const frozen = locked && !(0,external_node_fs_.existsSync)(`${path}-wal`) ? connectToFrozen(path) : undefined;
        if (frozen)
            return frozen;
        throw error;
    }
}
/** A log needs a writable folder even for reading; but a file that nobody can write does not change either. */
function connectToFrozen(path) {
    const url = (0,external_node_url_.pathToFileURL)(path);
    url.searchParams.set('immutable', '1');
    try {
        const db = connect(new external_node_sqlite_.DatabaseSync(url, { readOnly: true }));
        if (isCurrent(db, path))
            return db;
        db.close();
        return undefined;
    }
    catch {
        // the error that led here says more
        return undefined;
    }
}
function configured(db, configure) {
    try {
        configure();
        return db;
    }
    catch (error) {
        db.close();
        throw error;
    }
}
/** Milliseconds between two attempts. */
const STEP = 50;
/** SQLite does not always wait by itself before it changes to a write-ahead log. */
function retryWhileBusy(attempts, work) {
    for (let attempt = 1;; attempt += 1) {
        try {
            work();
            return;
        }
        catch (error) {
            if (!isSqliteError(error, BUSY) || attempt >= attempts)
                throw error;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP);
        }
    }
}
function translated(path, deed, work) {
    try {
        return work();
    }
    catch (error) {
        if (isSqliteError(error))
            throw storeError(error, deed, path);
        if (error instanceof Error && 'syscall' in error)
            throw (0,file_error/* fileError */.z)(error, deed, path);
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/platforms/local/issues.js
/** The embedded tracker: issues in one SQLite file, and Markdown files beside it for people. */










const PAGE = 50;
function createTracker(world, settings) {
    const path = (0,external_node_path_.resolve)(world.cwd, settings['database'] ?? '.pace/pace.db');
    const database = (0,external_node_path_.relative)(world.cwd, path).split(external_node_path_.sep).join('/');
    const store = openStore(path);
    const actor = currentPerson(world);
    function urlOf(number, metadata) {
        return mirrorPath(metadata) ?? `${database}#${number}`;
    }
    /** To be called while nobody else can write, so that a higher number is never an older issue. */
    async function stamper() {
        const person = await actor();
        return () => ({ at: world.now(), actor: person });
    }
    function found(db, number) {
        return findIssue(db, number, urlOf) ?? noSuchIssue(number);
    }
    /** Changes one issue in one transaction, then its Markdown file. */
    async function change(key, work) {
        const number = toNumber(key);
        const stampNow = await stamper();
        const changed = store.write((db) => {
            const result = work(db, found(db, number), stampNow());
            return { result, issue: found(db, number) };
        }, () => noSuchIssue(number));
        mirror(changed.issue);
        return changed;
    }
    /** Two processes may file the same fact; the file shows the one that stays. */
    function shownAt(db, issue) {
        const origin = originOf(issue.metadata);
        const alike = origin ? findMarked(db, { kind: origin.kind, day: origin.day }, urlOf) : [];
        return alike.find((other) => other.url === issue.url) ?? issue;
    }
    function mirror(changed) {
        if (mirrorPath(changed.metadata) === undefined)
            return;
        try {
            const shown = store.read((db) => {
                const issue = shownAt(db, changed);
                return { issue, comments: findComments(db, Number(issue.key)), database };
            }, () => noSuchIssue(Number(changed.key)));
            mirrorIssue(world, shown);
        }
        catch (error) {
            const { message, remedy } = (0,errors/* asPaceError */.Qd)(error);
            world.log.warn(`Issue ${changed.key} is stored, but its Markdown file is not. ${(0,untrusted_text/* plainLine */.h0)(`${message} ${remedy}`)}`);
        }
    }
    return {
        platform: 'local',
        titleLimit: TITLE_LIMIT,
        bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
        measureBody: measureBody,
        formatDescription: (markdown) => markdown,
        getIssue: (key) => (0,during/* during */.i)('getIssue', async () => {
            const number = toNumber(key);
            return store.read((db) => found(db, number), () => noSuchIssue(number));
        }),
        async *listIssues(filter = {}) {
            let before = Number.MAX_SAFE_INTEGER;
            let page;
            do {
                const query = { filter, before, limit: PAGE };
                page = await (0,during/* during */.i)('listIssues', async () => store.read((db) => findPage(db, query, urlOf), () => []));
                yield* page;
                before = Number(page.at(-1)?.key);
            } while (page.length === PAGE);
        },
        createIssue: (draft) => (0,during/* during */.i)('createIssue', async () => {
            checkTitle(draft.title);
            checkBody(draft.body, draft.metadata);
            checkLabels(draft.labels);
            const stampNow = await stamper();
            const issue = store.write((db) => found(db, insertIssue(db, draft, stampNow())));
            mirror(issue);
            return issue;
        }),
        updateIssue: (key, patch) => (0,during/* during */.i)('updateIssue', async () => {
            if (patch.title !== undefined)
                checkTitle(patch.title);
            checkLabels(patch.labels);
            const { issue } = await change(key, (db, old, stamp) => {
                checkBody(patch.body ?? old.body, patch.metadata ?? old.metadata);
                changeIssue(db, old, patch, stamp);
            });
            return issue;
        }),
        transitionIssue: (key, state) => (0,during/* during */.i)('transitionIssue', async () => (await change(key, (db, old, stamp) => moveIssue(db, old, state, stamp))).issue),
        listComments: (key) => (0,during/* during */.i)('listComments', async () => {
            const number = toNumber(key);
            return store.read((db) => findComments(db, Number(found(db, number).key)), () => noSuchIssue(number));
        }),
        addComment: (key, markdown) => (0,during/* during */.i)('addComment', async () => {
            checkBody(markdown);
            return (await change(key, (db, old, stamp) => insertComment(db, old, markdown, stamp))).result;
        }),
    };
}


/***/ })

};
