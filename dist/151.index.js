export const id = 151;
export const ids = [151];
export const modules = {

/***/ 1915:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A7: () => (/* binding */ faultFinding),
/* harmony export */   LO: () => (/* binding */ missing),
/* harmony export */   _P: () => (/* binding */ unusable),
/* harmony export */   wN: () => (/* binding */ EvidenceFault)
/* harmony export */ });
/* harmony import */ var _finding_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1844);

/** Evidence that is there and cannot be used: unreadable, malformed, hostile, or saying nothing. */
class EvidenceFault extends Error {
    name = 'EvidenceFault';
    place;
    constructor(message, place = {}) {
        super(message);
        this.place = place;
    }
}
const missingResults = { hold: 'FAIL', advisory: 'ADVISORY', ship: 'PASS' };
const unusableResults = { hold: 'FAIL', advisory: 'ADVISORY', ship: 'ADVISORY' };
/** Evidence that never came: the configured effect, and `ship` says so in words. */
function missing(source, check, why) {
    const allowed = source.on_missing === 'ship' ? 'missing, and allowed to be: ' : '';
    return {
        source: source.name,
        check: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_0__/* .checkText */ .qW)(check),
        result: missingResults[source.on_missing],
        evidence: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_0__/* .proofText */ .Qw)(`${allowed}${why}`),
    };
}
/** Evidence that cannot be used: the configured effect, but never a pass. */
function unusable(source, check, why, place = {}) {
    return {
        source: source.name,
        check: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_0__/* .checkText */ .qW)(check),
        result: unusableResults[source.on_missing],
        evidence: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_0__/* .proofText */ .Qw)(`${at(place)}${why}`),
        ...place,
    };
}
/** The finding for a fault that a parser threw. */
function faultFinding(source, fault) {
    const { file } = fault.place;
    return unusable(source, file === undefined ? 'is readable' : `${file} is readable`, fault.message, fault.place);
}
function at({ file, line, column }) {
    if (file === undefined)
        return '';
    return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}


/***/ }),

/***/ 6308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ reasonOf),
/* harmony export */   lY: () => (/* binding */ findFiles)
/* harmony export */ });
/* unused harmony export MAX_FILE_BYTES */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var tinyglobby__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3382);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1915);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6246);
/** Finds the files of a configured pattern: below the workspace, in a fixed order, bounded in number and size. */






const MAX_FILES = 2_000;
const MAX_FILE_BYTES = 256 * 1024 * 1024;
const MAX_TOTAL_BYTES = 1024 * 1024 * 1024;
/**
 * The files that a pattern of the configuration means; `{day}` and `{name}` are replaced first. A path that exists as it is
 * written is taken as it is; everything else is a glob (hidden folders
 * and `node_modules` only where the pattern names them).
 */
async function findFiles(pattern, { name, maxBytes = MAX_FILE_BYTES }, { world, day, signal }) {
    const literal = fill(pattern, day, name);
    const none = { pattern: literal, files: [], faults: [], leftOut: [] };
    const refused = await refusal(literal, world.cwd);
    if (refused !== undefined)
        return { ...none, faults: [new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(refused)] };
    const leftOut = [];
    const paths = (await exists((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(world.cwd, literal)))
        ? [(0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .workspacePath */ .X5)(literal, world.cwd) ?? literal]
        : await matches(fill(pattern, day, (0,tinyglobby__WEBPACK_IMPORTED_MODULE_5__/* .escapePath */ .ft)(name)), world.cwd, leftOut, signal);
    if (paths.length > MAX_FILES) {
        const fault = new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(`\`${literal}\` matches ${paths.length} files; at most ${MAX_FILES} are read. Use a narrower pattern.`);
        return { ...none, faults: [fault] };
    }
    return { pattern: literal, leftOut, ...(await examine(paths, world.cwd, maxBytes)) };
}
function fill(pattern, day, name) {
    return pattern
        .replaceAll('{day}', String(day))
        .replaceAll('{name}', () => name)
        .replace(/^(?:\.\/+)+/, '');
}
async function refusal(pattern, cwd) {
    if (/^(?:[/\\~]|[a-z]:)/i.test(pattern))
        return `\`${pattern}\` is not below the workspace. Use a path relative to it.`;
    const segments = pattern.split(/[/\\]/);
    if (segments.includes('..'))
        return `\`${pattern}\` leads out of the workspace. Use a path below it, without \`..\`.`;
    const fixed = segments.slice(0, segments.findIndex((segment) => (0,tinyglobby__WEBPACK_IMPORTED_MODULE_5__/* .isDynamicPattern */ .ey)(segment)));
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(cwd, ...fixed);
    if (fixed.length > 0 && (await leadsOut(root, cwd)))
        return linkOut(fixed.join('/'));
    return undefined;
}
/** Not so for what does not exist: that is missing, or named when it is examined. */
async function leadsOut(path, cwd) {
    return (0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .staysInside */ .No)(path, cwd).then((inside) => !inside, () => false);
}
function linkOut(path) {
    return `\`${path}\` is a link out of the workspace, so it is not read. Copy the file into the workspace.`;
}
async function matches(pattern, cwd, leftOut, signal) {
    const found = await (0,tinyglobby__WEBPACK_IMPORTED_MODULE_5__/* .glob */ .TI)(pattern, {
        cwd,
        expandDirectories: false,
        ignore: pattern.includes('node_modules') ? [] : ['**/node_modules/**'],
        fs: fencedFs(cwd, leftOut),
        ...(signal === undefined ? {} : { signal }),
    });
    // a search that was stopped gives what it had found so far, which must not pass for all there is
    signal?.throwIfAborted();
    return found.sort();
}
/** Never lets a search wander into a folder that is a link out of the workspace: that may be the whole disk. */
function fencedFs(cwd, leftOut) {
    function fenced(path, done) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpath)(path, (error, real) => {
            if (error !== null)
                return done(error, '');
            const shown = (0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .workspacePath */ .X5)(path, cwd) ?? path;
            (0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .staysInside */ .No)(real, cwd).then((inside) => {
                if (inside || !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(real, { throwIfNoEntry: false })?.isDirectory())
                    return done(null, real);
                leftOut.push(shown);
                done(new Error(linkOut(shown)), '');
            }, (reason) => done(reason, ''));
        });
    }
    return { realpath: Object.assign(fenced, { native: node_fs__WEBPACK_IMPORTED_MODULE_0__.realpath.native }) };
}
async function examine(paths, cwd, maxBytes) {
    const files = [];
    const faults = [];
    let total = 0;
    for (const path of paths) {
        const file = await examineOne(path, cwd, Math.min(maxBytes, MAX_TOTAL_BYTES - total));
        if (file instanceof _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN) {
            faults.push(file);
            continue;
        }
        total += file.size;
        files.push(file);
    }
    return { files, faults };
}
async function examineOne(path, cwd, maxBytes) {
    try {
        const absolute = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(cwd, path);
        if (!(await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .staysInside */ .No)(absolute, cwd)))
            return new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(linkOut(path), { file: path });
        const realPath = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(absolute);
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(realPath);
        const objection = objectionTo(stats, path, maxBytes);
        if (objection !== undefined)
            return new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(objection, { file: path });
        return { path, realPath, size: stats.size };
    }
    catch (error) {
        return new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(`It cannot be read: ${reasonOf(error)}.`, { file: path });
    }
}
function objectionTo(stats, path, maxBytes) {
    if (stats.isDirectory())
        return `It is a directory. Name the files in it, for example \`${path}/**/*.xml\`.`;
    if (!stats.isFile())
        return 'It is not a regular file (a pipe, a socket or a device), so it is not read.';
    if (stats.size === 0)
        return 'It is empty. The tool that writes it may have been stopped.';
    if (stats.size <= maxBytes)
        return undefined;
    return `It has ${mebibytes(stats.size)} MiB; at most ${mebibytes(maxBytes)} MiB are read. Split or shorten the report.`;
}
function mebibytes(bytes) {
    return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toLocaleString('en');
}
/** The system's own words for what went wrong with a file, without the path. */
function reasonOf(error) {
    if (!(error instanceof Error))
        return String(error);
    const code = 'code' in error ? String(error.code) : '';
    if (code === 'EACCES' || code === 'EPERM')
        return 'permission denied';
    if (code === 'ENOENT')
        return 'it is a link to a file that does not exist';
    if (code === 'ELOOP')
        return 'its links lead back to themselves';
    return error.message.replace(/,? (?:open|stat|lstat|realpath|read)\b.*$/, '');
}
async function exists(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(path).then(() => true, () => false);
}


/***/ }),

/***/ 9151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readJunit: () => (/* binding */ readJunit)
});

// EXTERNAL MODULE: ./build/src/gate/evidence/finding-text.js
var finding_text = __webpack_require__(1844);
// EXTERNAL MODULE: ./build/src/gate/evidence/fault.js
var fault = __webpack_require__(1915);
;// CONCATENATED MODULE: ./build/src/gate/evidence/junit-elements.js
const MESSAGE_LENGTH = 2_000;
const NOT_RUN = new Set(['skipped', 'notrun', 'disabled', 'ignored', 'suppressed']);
const FAILED = new Set(['fail', 'failed', 'failure', 'error', 'errored']);
/** Gives every suite its number: the same for the same attributes in the same parent. */
function createSuiteOpener() {
    const identities = new Map();
    return (attributes, parent) => {
        const { name = '', package: pack = '', hostname = '', id = '', file } = attributes;
        const words = [parent?.identity ?? 0, name, pack, hostname, id].join('\0');
        const identity = identities.get(words) ?? identities.size + 1;
        identities.set(words, identity);
        return {
            name: name || parent?.name || '',
            identity,
            file: file ?? parent?.file,
            claimed: whole(attributes.failures) + whole(attributes.errors),
            seen: 0,
        };
    };
}
/** Some tools say by an attribute alone what became of a test. */
function openCase(attributes, suite) {
    const words = [attributes.status, attributes.result].map((word) => word?.toLowerCase() ?? '');
    return {
        attributes,
        suite,
        failed: words.some((word) => FAILED.has(word)),
        skipped: words.some((word) => NOT_RUN.has(word)),
        rerun: false,
        message: '',
    };
}
function keyOf({ attributes, suite }) {
    if (!attributes.name)
        return undefined;
    return JSON.stringify([suite?.identity, attributes.classname, attributes.name, attributes.file]);
}
function toTestCase({ attributes, suite, message }) {
    const file = attributes.file ?? suite?.file;
    const line = whole(attributes.line);
    return {
        name: nameOf(attributes, suite),
        message: saidOnce(message.trim()),
        ...(file === undefined ? {} : { file, ...(line > 0 ? { line } : {}) }),
    };
}
/** The words that stand in the attributes of a failure. */
function describe({ message = '', type = '' }) {
    return (message || type).slice(0, MESSAGE_LENGTH);
}
/** The words and what stands under them, bounded. */
function append(message, text) {
    if (message.length >= MESSAGE_LENGTH || text.trim() === '')
        return message;
    const gap = message === '' || message.endsWith('\n') ? '' : '\n';
    return `${message}${gap}${text.slice(0, MESSAGE_LENGTH)}`.slice(0, MESSAGE_LENGTH);
}
/** Most tools repeat the `message` attribute at the head of the text. */
function saidOnce(message) {
    const end = message.indexOf('\n');
    const rest = message.slice(end + 1);
    return end > 0 && rest.includes(message.slice(0, end).trim()) ? rest.trim() : message;
}
function nameOf({ classname = '', name = '' }, suite) {
    const test = name.trim() || 'unnamed test';
    const group = classname.trim() || suite?.name || '';
    return group === '' || test.startsWith(group) ? test : `${group} ${test}`;
}
function whole(text) {
    return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/junit-tally.js
/** Adds up the test cases of one JUnit XML report; only failing and flaky ones are remembered. */
const REMEMBERED = 1_000;
/**
 * A test that fails and later passes under the same key was run again, and is flaky; one that passes and later fails has
 * failed.
 */
function createJunitTally() {
    const failures = new Map();
    const flakes = new Map();
    const broken = [];
    let brokenSuites = 0;
    let executed = 0;
    let skipped = 0;
    function add({ key = `${executed}`, outcome, describe }) {
        if (outcome === 'skipped') {
            skipped += 1;
            return;
        }
        executed += 1;
        if (outcome === 'failed')
            move(key, flakes, failures, describe);
        else if (outcome === 'flaky' || failures.has(key))
            move(key, failures, flakes, describe);
    }
    return {
        add,
        breakSuite(suite) {
            brokenSuites += 1;
            if (broken.length < REMEMBERED)
                broken.push(suite);
        },
        report: () => ({
            executed,
            skipped,
            failures: failures.size,
            flakes: flakes.size,
            failed: known(failures),
            flaky: known(flakes),
            brokenSuites,
            broken,
        }),
    };
}
/** The words of the first failure are kept. */
function move(key, from, to, describe) {
    const earlier = from.get(key) ?? to.get(key);
    from.delete(key);
    to.set(key, earlier ?? (to.size < REMEMBERED ? describe() : undefined));
}
function known(cases) {
    return [...cases.values()].filter((found) => found !== undefined);
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/junit-report.js
/** Reads one JUnit XML report while it streams by. */

 // biome-ignore format: one thought

const SUITES = new Set(['testsuites', 'testsuite']);
const FAILURES = new Set(['failure', 'error']);
const RERUNS = new Set(['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError']);
/**
 * The handler for `parseXml`, and the report once it has heard all. A pass excuses an earlier failure only in the same suite
 * of the same report: elsewhere it is another test, on another system or in another browser.
 */
function createJunitHandler() {
    const tally = createJunitTally();
    const openSuite = createSuiteOpener();
    const suites = [];
    let test;
    /** What a suite says about a failure of its own. */
    let suiteMessage = '';
    /** Depth of the failure that is open; nothing in it but its text counts. */
    let failureDepth = 0;
    /** Only the words of the first failure are kept. */
    let silent = false;
    function open(name, attributes, depth) {
        if (depth === 1)
            checkRoot(name);
        if (failureDepth > 0)
            return;
        if (SUITES.has(name))
            suites.push(openSuite(attributes, suites.at(-1)));
        else if (name === 'testcase') {
            if (test !== undefined)
                throw new fault/* EvidenceFault */.wN('A <testcase> stands in another one.');
            test = openCase(attributes, suites.at(-1));
        }
        else if (name === 'skipped' && test !== undefined)
            test.skipped = true;
        else if (FAILURES.has(name) || (RERUNS.has(name) && test !== undefined))
            openFailure(name, attributes, depth);
    }
    function openFailure(name, attributes, depth) {
        failureDepth = depth;
        silent = test !== undefined && test.message !== '';
        if (test === undefined) {
            suiteMessage = describe(attributes);
            return;
        }
        if (FAILURES.has(name))
            test.failed = true;
        else
            test.rerun = true;
        test.message ||= describe(attributes);
    }
    function close(name, depth) {
        if (failureDepth > 0) {
            if (depth !== failureDepth)
                return;
            failureDepth = 0;
            if (test === undefined)
                breakSuite(suites.at(-1), suiteMessage || 'The suite failed as a whole.');
        }
        else if (name === 'testcase' && test !== undefined) {
            if (test.suite !== undefined && (test.failed || test.rerun))
                test.suite.seen += 1;
            tally.add(toRun(test));
            test = undefined;
        }
        else if (SUITES.has(name))
            closeSuite();
    }
    function closeSuite() {
        const suite = suites.pop();
        if (suite === undefined)
            return;
        if (suite.seen === 0 && suite.claimed > 0) {
            breakSuite(suite, `It counts ${suite.claimed} as failed and holds no failing test: its set-up may have crashed.`);
        }
        const parent = suites.at(-1);
        if (parent !== undefined)
            parent.seen += suite.seen;
    }
    function breakSuite(suite, message) {
        if (suite !== undefined)
            suite.seen += 1;
        tally.breakSuite({ name: suite?.name || 'unnamed suite', message });
    }
    function text(words) {
        if (test !== undefined)
            test.message = append(test.message, words);
        else
            suiteMessage = append(suiteMessage, words);
    }
    return { handler: { open, close, text, wantsText: () => failureDepth > 0 && !silent }, report: tally.report };
}
function checkRoot(name) {
    if (SUITES.has(name))
        return;
    throw new fault/* EvidenceFault */.wN(`Its root element is <${name.slice(0, 60)}>; JUnit XML has <testsuites> or <testsuite>.`);
}
function toRun(test) {
    return { key: keyOf(test), outcome: outcomeOf(test), describe: () => toTestCase(test) };
}
function outcomeOf({ failed, skipped, rerun }) {
    if (failed)
        return 'failed';
    if (skipped)
        return 'skipped';
    return rerun ? 'flaky' : 'passed';
}

// EXTERNAL MODULE: ./build/src/gate/evidence/read-each.js
var read_each = __webpack_require__(2989);
// EXTERNAL MODULE: ./build/src/gate/evidence/workspace.js
var workspace = __webpack_require__(6246);
// EXTERNAL MODULE: ./build/src/gate/evidence/xml.js
var xml = __webpack_require__(3618);
;// CONCATENATED MODULE: ./build/src/gate/evidence/junit.js





const LISTED = 50;
/**
 * One FAIL per failing test, one ADVISORY per flaky one (50 of each, the rest in one finding), or one PASS. No test executed
 * is a FAIL: a suite that never ran must not look like one that passed.
 */
async function readJunit(config, context) {
    const { read, problems } = await (0,read_each/* readEach */.e)(config, config, context, (file) => parse(file, context));
    const total = add(read.map(({ value }) => value));
    const findings = [...problems];
    findings.push(...list(config.name, 'FAIL', total.failed, total.failures, 'failing tests', context));
    findings.push(...list(config.name, 'ADVISORY', total.flaky, total.flakes, 'flaky tests', context));
    const suites = total.broken.map((suite) => ({ ...suite, name: `${suite.name} (suite)` }));
    findings.push(...list(config.name, 'FAIL', suites, total.brokenSuites, 'failing suites', context));
    if (read.length > 0)
        findings.push(...verdict(config.name, total, problems.length > 0));
    return {
        source: config.name,
        findings,
        complete: problems.length === 0 && total.executed > 0 && total.brokenSuites === 0 && total.flakes <= LISTED,
        standing: true,
    };
}
async function parse(file, { signal }) {
    const { handler, report } = createJunitHandler();
    await (0,xml/* parseXml */.N)(file, handler, signal);
    return report();
}
function add(reports) {
    const sum = (of) => reports.reduce((total, report) => total + of(report), 0);
    return {
        executed: sum((report) => report.executed),
        skipped: sum((report) => report.skipped),
        failures: sum((report) => report.failures),
        flakes: sum((report) => report.flakes),
        failed: reports.flatMap((report) => report.failed),
        flaky: reports.flatMap((report) => report.flaky),
        brokenSuites: sum((report) => report.brokenSuites),
        broken: reports.flatMap((report) => report.broken),
    };
}
function list(source, result, cases, total, words, { world }) {
    const findings = cases.slice(0, LISTED).map((test) => {
        const file = test.file === undefined ? undefined : (0,workspace/* reportedPath */.nD)(test.file, world.cwd);
        const prefix = result === 'ADVISORY' ? 'Passed only when it was run again. ' : '';
        return {
            source,
            check: (0,finding_text/* checkText */.qW)(test.name),
            result,
            evidence: (0,finding_text/* proofText */.Qw)(`${prefix}${test.message || 'no message'}`),
            ...(file === undefined ? {} : { file, ...(test.line === undefined ? {} : { line: test.line }) }),
        };
    });
    if (total <= findings.length)
        return findings;
    return [
        ...findings,
        {
            source,
            check: `further ${words}`,
            result,
            evidence: `and ${(0,finding_text/* grouped */.zD)(total - findings.length)} more`,
        },
    ];
}
function verdict(source, report, partial) {
    const { executed, skipped, failures, brokenSuites } = report;
    if (executed === 0) {
        const evidence = skipped > 0 ? `No test was executed: ${(0,finding_text/* count */.U9)(skipped, 'test')} skipped.` : 'The reports hold no test.';
        return [{ source, check: 'tests were executed', result: 'FAIL', evidence }];
    }
    if (failures > 0 || brokenSuites > 0)
        return [];
    const passed = `${(0,finding_text/* count */.U9)(executed, 'test')} passed${skipped > 0 ? `, ${(0,finding_text/* grouped */.zD)(skipped)} skipped` : ''}`;
    return [{ source, check: partial ? 'tests in the readable reports' : 'all tests', result: 'PASS', evidence: passed }];
}


/***/ }),

/***/ 2989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ readEach)
/* harmony export */ });
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1915);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6308);


/**
 * Parses every file that the pattern means, one after the other. A parser throws `EvidenceFault` for what is wrong with the
 * file; any other exception is PACE's own and goes up.
 */
async function readEach(source, { path, maxBytes }, context, parse) {
    const found = await (0,_files_js__WEBPACK_IMPORTED_MODULE_0__/* .findFiles */ .lY)(path, { name: source.name, ...(maxBytes === undefined ? {} : { maxBytes }) }, context);
    const problems = found.faults.map((fault) => (0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .faultFinding */ .A7)(source, fault));
    if (found.files.length === 0 && problems.length === 0) {
        return { read: [], problems: [(0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .missing */ .LO)(source, 'is there', nothing(found.pattern, found.leftOut))] };
    }
    const read = [];
    for (const file of found.files) {
        try {
            read.push({ file, value: await parse(file) });
        }
        catch (error) {
            problems.push((0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .faultFinding */ .A7)(source, asFault(error, file)));
        }
    }
    return { read, problems };
}
function asFault(error, file) {
    const place = { file: file.path };
    // a stack or a string that overflows is the doing of the file: it must not pass for trouble of PACE's own
    if (error instanceof RangeError)
        return new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .EvidenceFault */ .wN(`It is too large or too deep to be read: ${error.message}.`, place);
    if (!(error instanceof _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .EvidenceFault */ .wN))
        throw error;
    return error.place.file === undefined ? new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .EvidenceFault */ .wN(error.message, place) : error;
}
function nothing(pattern, leftOut) {
    const links = leftOut.length === 0 ? '' : ` Links out of the workspace were not followed: ${leftOut.join(', ')}.`;
    return `No file matches \`${pattern}\`.${links} Produce it before the gate runs, correct \`path\`, or set \`on_missing\`.`;
}


/***/ }),

/***/ 7107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ textPieces),
/* harmony export */   y: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7975);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1915);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6308);
/** Reads a file of evidence as text, piece by piece: byte order marks and declared encodings are honoured, binary is refused. */





const PIECE_BYTES = 256 * 1024;
/** The pieces of the file's text, in order, without the byte order mark. Throws an `EvidenceFault`. */
async function* textPieces(file, signal) {
    const handle = await openRegular(file);
    try {
        yield* decode(file, handle, signal);
    }
    finally {
        await handle.close();
    }
}
/** The whole text. Throws an `EvidenceFault`. */
async function readText(file, signal) {
    const handle = await openRegular(file);
    try {
        const start = Buffer.alloc(3);
        await handle.read(start, 0, 3, 0);
        if (decoderFor(start, file).encoding.startsWith('utf-16'))
            return await joined(decode(file, handle, signal));
        signal?.throwIfAborted();
        // at one go: pieces and their sum would be in memory twice, and with what is parsed from them that is the peak
        const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(handle.fd, 'utf8');
        if (text.includes('\0'))
            throw binary(file);
        return text.startsWith('\ufeff') ? text.slice(1) : text;
    }
    finally {
        await handle.close();
    }
}
async function joined(pieces) {
    const all = [];
    for await (const piece of pieces)
        all.push(piece);
    return all.join('');
}
async function openRegular(file) {
    try {
        // non-blocking: should a pipe have taken the file's place meanwhile, opening it must not wait for a writer
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file.realPath, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
        const stats = await handle.stat();
        if (stats.isFile() && stats.size === file.size)
            return handle;
        await handle.close();
    }
    catch (error) {
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(`It cannot be read: ${(0,_files_js__WEBPACK_IMPORTED_MODULE_4__/* .reasonOf */ .A3)(error)}.`, { file: file.path });
    }
    throw new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN('It changed while it was being read. Write reports before the gate runs.', {
        file: file.path,
    });
}
async function* decode(file, handle, signal) {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, file.size));
    let decoder;
    for (let position = 0; position < file.size;) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, file.size - position), position);
        if (bytesRead === 0)
            break;
        const bytes = buffer.subarray(0, bytesRead);
        decoder ??= decoderFor(bytes, file);
        if (!decoder.encoding.startsWith('utf-16') && bytes.includes(0))
            throw binary(file);
        yield decoder.decode(bytes, { stream: true });
        position += bytesRead;
    }
    const rest = decoder?.decode();
    if (rest)
        yield rest;
}
// https://encoding.spec.whatwg.org/#bom-sniff, then the declaration of an XML file
function decoderFor(bytes, file) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe)
        return new node_util__WEBPACK_IMPORTED_MODULE_2__.TextDecoder('utf-16le');
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
        return new node_util__WEBPACK_IMPORTED_MODULE_2__.TextDecoder('utf-16be');
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
        return new node_util__WEBPACK_IMPORTED_MODULE_2__.TextDecoder('utf-8');
    const declared = /^<\?xml[^>]{0,100}\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(bytes.toString('latin1', 0, 200));
    const label = declared?.[1] ?? 'utf-8';
    // without a mark the bytes that spelled this declaration cannot be UTF-16
    if (/^utf-?16/i.test(label))
        return new node_util__WEBPACK_IMPORTED_MODULE_2__.TextDecoder('utf-8');
    try {
        return new node_util__WEBPACK_IMPORTED_MODULE_2__.TextDecoder(label);
    }
    catch {
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN(`Its encoding \`${label}\` is not known. Write the report in UTF-8.`, { file: file.path });
    }
}
function binary(file) {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .EvidenceFault */ .wN('It is binary, not text. Check the path, and that the report is not compressed.', {
        file: file.path,
    });
}


/***/ }),

/***/ 6246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   No: () => (/* binding */ staysInside),
/* harmony export */   X5: () => (/* binding */ workspacePath),
/* harmony export */   nD: () => (/* binding */ reportedPath)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3136);
/** Which paths belong to the workspace. Paths in results are relative to it, with `/`. */



/** The path below the workspace, or `undefined` when it is not below it. Looks at the words only, not at the disk. */
function workspacePath(path, cwd) {
    const below = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(cwd, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, path));
    if (below === '' || below === '..' || below.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(below))
        return undefined;
    return below.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/');
}
/** The same for a path that a tool wrote on whatever system: `\` counts as `/`, and `file:` addresses are understood. */
function reportedPath(path, cwd) {
    if (path === '' || path.includes('\0'))
        return undefined;
    if (/^file:/i.test(path))
        return pathOfUrl(path, cwd);
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path) || (node_path__WEBPACK_IMPORTED_MODULE_1__.sep === '/' && /^[a-z]:[\\/]/i.test(path)))
        return undefined;
    return workspacePath(node_path__WEBPACK_IMPORTED_MODULE_1__.posix.normalize(path.replaceAll('\\', '/')), cwd);
}
/** Whether the real path, all links followed, is the workspace or below it. */
async function staysInside(path, cwd) {
    const [real, root] = await Promise.all([(0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path), (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(cwd)]);
    return real === root || workspacePath(real, root) !== undefined;
}
function pathOfUrl(url, cwd) {
    try {
        return workspacePath((0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(url), cwd);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 3618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ parseXml)
/* harmony export */ });
/* harmony import */ var saxes__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9800);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1915);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7107);
/**
 * Strict XML, piece by piece, for reports that nobody vouches for. The parser knows the five entities of XML and loads
 * nothing; entities that a document declares itself are refused before they are used.
 */



const MAX_DEPTH = 200;
/** Tells the handler all of the file. Throws an `EvidenceFault` with line and column, also for one that the handler throws. */
async function parseXml(file, handler, signal) {
    const parser = createParser(handler);
    const feed = (piece) => {
        try {
            if (piece === null)
                parser.close();
            else
                parser.write(piece);
        }
        catch (error) {
            throw atParser(error, file, parser);
        }
    };
    for await (const piece of (0,_read_text_js__WEBPACK_IMPORTED_MODULE_1__/* .textPieces */ .V)(file, signal))
        feed(piece);
    feed(null);
}
function createParser(handler) {
    const parser = new saxes__WEBPACK_IMPORTED_MODULE_0__/* .SaxesParser */ .wT();
    // the parser's own table inherits from Object, which would make `&constructor;` an entity
    parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });
    let depth = 0;
    let listening = false;
    const listen = () => {
        const wanted = handler.wantsText?.() ?? false;
        if (wanted === listening)
            return;
        listening = wanted;
        if (!wanted) {
            parser.off('text');
            parser.off('cdata');
            return;
        }
        parser.on('text', (text) => handler.text?.(text));
        parser.on('cdata', (text) => handler.text?.(text));
    };
    parser.on('doctype', refuseEntities);
    parser.on('opentag', ({ name, attributes }) => {
        depth += 1;
        if (depth > MAX_DEPTH)
            throw new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN(`Its elements are nested more than ${MAX_DEPTH} deep.`);
        handler.open(name, attributes, depth);
        listen();
    });
    parser.on('closetag', ({ name }) => {
        handler.close?.(name, depth);
        depth -= 1;
        listen();
    });
    return parser;
}
function refuseEntities(doctype) {
    if (!/<!ENTITY/i.test(doctype))
        return;
    throw new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN('It declares entities of its own (<!ENTITY …>), which a report has no need of and PACE refuses.');
}
function atParser(error, file, parser) {
    if (!(error instanceof Error))
        return error;
    const place = { file: file.path, line: parser.line, column: parser.column + 1 };
    if (error instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN)
        return new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN(error.message, place);
    if (!/^\d+:\d+: /.test(error.message))
        return error;
    return new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN(`This is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`, place);
}


/***/ })

};
