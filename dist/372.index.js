export const id = 372;
export const ids = [372];
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

/***/ 3372:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createHost: () => (/* binding */ createHost),
  pathOfRemote: () => (/* binding */ pathOfRemote)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/git.js
var git = __webpack_require__(4523);
// EXTERNAL MODULE: ./build/platforms/local/during.js
var during = __webpack_require__(5278);
// EXTERNAL MODULE: ./build/platforms/local/files.js
var files = __webpack_require__(2588);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/platforms/local/json-file.js
/** Names and texts in a JSON file of the workspace, readable and editable by people. */



/** `{}` when the file is missing or unreadable as such; members that are no text are left out. */
function readTexts({ cwd }, path) {
    return parseTexts((0,files/* readText */.yR)((0,external_node_path_.join)(cwd, path)) ?? '') ?? emptyTexts();
}
/** Writes the file anew. What was unreadable before is kept beside it, and said. */
function writeTexts({ cwd, log }, path, texts) {
    const file = (0,external_node_path_.join)(cwd, path);
    const before = (0,files/* readText */.yR)(file) ?? '';
    if (before.trim() !== '' && parseTexts(before) === undefined) {
        (0,external_node_fs_.copyFileSync)(file, `${file}.unreadable`);
        log.warn(`${path} was no JSON object. It is kept as ${path}.unreadable, and begun anew.`);
    }
    (0,files/* writeAtomically */.vK)(file, `${JSON.stringify(texts, null, 2)}\n`);
}
function parseTexts(text) {
    try {
        const parsed = JSON.parse(text);
        if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
            return undefined;
        return Object.assign(emptyTexts(), Object.fromEntries(Object.entries(parsed).filter(isText)));
    }
    catch {
        return undefined;
    }
}
// without a prototype, so that `constructor` is nobody's variable
function emptyTexts() {
    return Object.create(null);
}
function isText(entry) {
    return typeof entry[1] === 'string';
}

// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
;// CONCATENATED MODULE: ./build/platforms/local/review-document.js
/**
 * The change request of a host without a server: a Markdown file with a `Status:` line that a person edits. `open` waits,
 * `merged` goes on, `closed` pauses. A deleted file is no change request any more.
 */



// right below the heading: the text further down is not a person's answer
const STATUS = /^#[^\n]*\n\s*[*_> ]*status[*_ ]*:[*_` ]*(\w+)/i;
const STATES = ['open', 'merged', 'closed'];
/** `undefined` when the file is not there. A status that we do not know is open, and is said. */
function findReview({ cwd, log }, path) {
    const text = (0,files/* readText */.yR)((0,external_node_path_.join)(cwd, path));
    if (text === undefined)
        return undefined;
    const word = STATUS.exec(text)?.[1] ?? '';
    const state = STATES.find((known) => known === word.toLowerCase());
    if (!state)
        log.warn(`${path} says "Status: ${(0,untrusted_text/* plainLine */.h0)(word, 40)}". PACE knows open, merged and closed.`);
    return { key: path, url: path, state: state ?? 'open' };
}
/** Writes the document, open. */
function writeReview({ cwd }, path, change) {
    (0,files/* writeAtomically */.vK)((0,external_node_path_.join)(cwd, path), documentOf(change));
    return { key: path, url: path, state: 'open' };
}
function documentOf({ title, body, files }) {
    const content = files[0]?.content ?? '';
    const parts = [
        `# ${title.replace(/\s+/g, ' ')}`,
        'Status: open',
        '_Please answer in the line above: `merged` lets PACE go on, `closed` pauses it._',
        body.trim(),
        // the document often is the body with a heading
        ...(content.trim() === '' || content.includes(body.trim()) ? [] : ['---', content.trim()]),
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}

;// CONCATENATED MODULE: ./build/platforms/local/host.js
/** The embedded host: the git checkout itself. There is no server, hence no checks and no commit statuses. */







/** Branch → path of the document that stands for its change request. */
const REVIEWS = '.pace/reviews.json';
const VARIABLES = '.pace/variables.json';
function createHost(world) {
    const { cwd } = world;
    async function findChange(branch) {
        const path = readTexts(world, REVIEWS)[branch];
        return path === undefined ? undefined : findReview(world, (0,files/* insideWorkspace */.CT)(path));
    }
    return {
        platform: 'local',
        repositoryName: () => nameOf(world),
        judgedCommit: async () => {
            const sha = await (0,git/* gitOr */.O)(world, ['rev-parse', '--verify', '--quiet', 'HEAD']);
            return sha ? { sha } : undefined;
        },
        repository: () => describe(world),
        findChange: (branch) => (0,during/* during */.i)('findChange', () => findChange(branch)),
        proposeChange: (change) => (0,during/* during */.i)('proposeChange', async () => {
            const known = await findChange(change.branch);
            if (known && known.state !== 'open')
                return known;
            const [document, ...others] = change.files;
            const path = known?.key ?? (0,files/* insideWorkspace */.CT)(document?.path ?? pathFor(change));
            for (const file of others)
                (0,files/* writeAtomically */.vK)((0,external_node_path_.join)(cwd, (0,files/* insideWorkspace */.CT)(file.path)), file.content);
            const review = writeReview(world, path, change);
            writeTexts(world, REVIEWS, { ...readTexts(world, REVIEWS), [change.branch]: path });
            return review;
        }),
        getVariable: (name) => (0,during/* during */.i)('getVariable', async () => {
            const fromEnv = Object.hasOwn(world.env, name) ? world.env[name] : undefined;
            return fromEnv || readTexts(world, VARIABLES)[name];
        }),
        setVariable: (name, value) => (0,during/* during */.i)('setVariable', async () => {
            checkName(name);
            writeTexts(world, VARIABLES, { ...readTexts(world, VARIABLES), [name]: value });
        }),
        jobSummary: () => ({ path: (0,external_node_path_.join)(cwd, 'pace-summary.md'), append: false, maxBytes: 64 * 1024 * 1024 }),
    };
}
async function describe(world) {
    const [name, url, branch] = await Promise.all([nameOf(world), rootOf(world), defaultBranch(world)]);
    return { name, url, defaultBranch: branch };
}
/** Without git, or outside a checkout, the folder itself is the repository. */
async function rootOf(world) {
    return (await (0,git/* gitOr */.O)(world, ['rev-parse', '--show-toplevel'])) || world.cwd;
}
async function nameOf(world) {
    const remote = await (0,git/* gitOr */.O)(world, ['config', '--get', 'remote.origin.url']);
    return pathOfRemote(remote ?? '') || (0,external_node_path_.basename)(await rootOf(world)) || 'workspace';
}
async function defaultBranch(world) {
    const remoteHead = await (0,git/* gitOr */.O)(world, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']);
    if (remoteHead)
        return remoteHead.replace(/^origin\//, '');
    const configured = await (0,git/* gitOr */.O)(world, ['config', '--get', 'init.defaultBranch']);
    if (configured && (await (0,git/* gitOr */.O)(world, ['rev-parse', '--verify', '--quiet', `refs/heads/${configured}`]))) {
        return configured;
    }
    return (await (0,git/* gitOr */.O)(world, ['symbolic-ref', '--short', 'HEAD'])) || configured || 'main';
}
/** `owner/name` of `https://host/owner/name.git`, `git@host:owner/name.git` or `/srv/git/name.git`; `''` when there is none. */
function pathOfRemote(url) {
    const [, path = ''] = /^(?!file:)[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)$/i.exec(url) ?? /^[^/\\:]{2,}:(?!\/\/)(.+)$/.exec(url) ?? [];
    const folder = url.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
    return (path || folder).replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
}
function pathFor(change) {
    return `.pace/${change.branch.replace(/[^A-Za-z0-9._-]+/g, '-')}.md`;
}
function checkName(name) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
        return;
    throw new errors/* PaceError */.qw({
        kind: 'validation',
        message: `${JSON.stringify(name.slice(0, 60))} cannot be the name of a variable.`,
        remedy: 'Please use letters, digits and `_`, and start with a letter.',
    });
}


/***/ })

};
