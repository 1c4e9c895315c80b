export const id = 35;
export const ids = [35];
export const modules = {

/***/ 776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qd: () => (/* binding */ asPaceError),
/* harmony export */   oi: () => (/* binding */ withOperation),
/* harmony export */   qO: () => (/* binding */ unsupported),
/* harmony export */   qw: () => (/* binding */ PaceError)
/* harmony export */ });
/** Every error that a platform throws on purpose; each one carries its remedy. */
class PaceError extends Error {
    name = 'PaceError';
    kind;
    remedy;
    operation;
    status;
    vendorMessage;
    retryAfter;
    constructor(details) {
        super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
        this.kind = details.kind;
        this.remedy = details.remedy;
        this.operation = details.operation;
        this.status = details.status;
        this.vendorMessage = details.vendorMessage;
        this.retryAfter = details.retryAfter;
    }
}
/** The nearest `PaceError` in the chain of causes (SDKs wrap what our fetch throws), else a new one of kind `unexpected`. */
function asPaceError(error) {
    for (let link = error, depth = 0; depth < 10 && link instanceof Error; link = link.cause, depth += 1) {
        if (link instanceof PaceError)
            return link;
    }
    if (isFileTrouble(error))
        return fileTrouble(error);
    return new PaceError({
        kind: 'unexpected',
        message: error instanceof Error ? error.message : String(error),
        remedy: 'This looks like a defect of PACE. Please report it with the log of this run.',
        cause: error,
    });
}
/** What the operating system answers about a file. https://nodejs.org/api/errors.html#common-system-errors */
function isFileTrouble(error) {
    if (!(error instanceof Error) || !('code' in error) || error.code === 'ENOENT')
        return false;
    const hasPath = 'path' in error && typeof error.path === 'string' && /^E[A-Z0-9]+$/.test(String(error.code));
    return hasPath || error.code === 'ENOSPC' || error.code === 'EDQUOT';
}
/** The machine's trouble, not a defect. */
function fileTrouble(error) {
    return new PaceError({
        kind: 'configuration',
        message: `${error.path ?? 'A file'} cannot be used (${error.message.split(',')[0] ?? error.code}).`,
        remedy: FILE_REMEDIES[error.code] ?? 'Please check that the job may read and write there.',
        cause: error,
    });
}
const FILE_REMEDIES = {
    ENOSPC: 'The disk is full: please make room.',
    EDQUOT: 'The quota is used up: please make room.',
    EROFS: 'It is read-only there: please run PACE in a folder that may be written.',
    ENOTDIR: 'A file stands where a folder is needed: please move it away.',
    EEXIST: 'A file stands where a folder is needed: please move it away.',
    EISDIR: 'A folder stands where a file is needed: please move it away.',
};
/** The same error with the operation named and, where the platform knows better, another message or remedy. */
function withOperation(error, operation, better = {}) {
    return new PaceError({
        kind: better.kind ?? error.kind,
        message: better.message ?? error.message,
        remedy: better.remedy ?? error.remedy,
        operation,
        ...(error.status === undefined ? {} : { status: error.status }),
        ...(error.vendorMessage === undefined ? {} : { vendorMessage: error.vendorMessage }),
        ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
        cause: error,
    });
}
/** An ability that the platform does not have: not "no", not "not yet", not "nothing there". */
function unsupported(platform, ability, remedy) {
    return new PaceError({
        kind: 'unsupported',
        message: `${platform} cannot ${ability}.`,
        remedy,
        operation: ability,
    });
}


/***/ }),

/***/ 8913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Uw: () => (/* binding */ cutBytes),
/* harmony export */   h0: () => (/* binding */ plainLine),
/* harmony export */   wh: () => (/* binding */ plainText),
/* harmony export */   x: () => (/* binding */ inlineMarkdown)
/* harmony export */ });
/**
 * Text from evidence, agents, trackers and commits is untrusted: it must not speak to people, programs or platforms in our
 * name. These functions keep it readable and take away its power.
 */
// C0 and C1 controls (tab and line feed stay), bidirectional overrides and isolates, zero-width and tag characters
const CONTROLS = /(?![\t\n])\p{Cc}|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
// ECMA-48 sequences: CSI, OSC and the two-character escapes
const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const ESCAPES = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?|[@-Z\\\\-_])`, 'g');
/** Splits a reference from its sigil: invisible, and in nobody's syntax. */
const WORD_JOINER = '\u2060';
/** Text without terminal escapes and invisible controls; line ends become `\n`. */
function plainText(text) {
    return text.replace(/\r\n?/g, '\n').replace(ESCAPES, '').replace(CONTROLS, '').toWellFormed();
}
/** The same in one line, cut to at most `max` characters. */
function plainLine(text, max = Number.POSITIVE_INFINITY) {
    return cut(plainText(text).replace(/\s+/g, ' ').trim(), max);
}
/**
 * One line of Markdown that shows exactly this text: no markup, HTML, mention, reference or command of any platform. Safe in
 * a paragraph, a list item and a table cell.
 */
function inlineMarkdown(text, max = Number.POSITIVE_INFINITY) {
    return plainLine(text, max)
        .replace(/[\\`*_[\]|~<>&]/g, escapeMark)
        .replace(/@(?=[\w-])/g, `@${WORD_JOINER}`)
        .replace(/([#!%$^])(?=\w)/g, `$1${WORD_JOINER}`)
        .replace(/\b(gh)-(?=\d)/gi, `$1${WORD_JOINER}-`)
        .replace(/:\/\//g, `:${WORD_JOINER}//`)
        .replace(/^([-+=#/]|\d+[.)])/, startOfLine);
}
function escapeMark(mark) {
    if (mark === '<')
        return '&lt;';
    if (mark === '>')
        return '&gt;';
    if (mark === '&')
        return '&amp;';
    return `\\${mark}`;
}
/** What means something only at the start of a line: lists, headings, rules, quick actions. */
function startOfLine(mark) {
    return mark.length > 1 ? `${mark.slice(0, -1)}\\${mark.slice(-1)}` : `\\${mark}`;
}
/**
 * A fenced block that this text cannot break out of. Platforms look for no mention, reference or command inside. Fences in the
 * text are broken, rather than outdone by a longer one: GitLab's search for quick actions takes the first one for the end.
 */
function codeBlock(text, language = '') {
    const shown = plainText(text)
        .replace(/\n+$/, '')
        .replace(/^(\s*)(?=```|~~~)/gm, `$1${WORD_JOINER}`);
    return `\`\`\`${language}\n${shown}\n\`\`\``;
}
/** At most `max` UTF-16 units, never half a character, `…` where something was cut. */
function cut(text, max) {
    if (text.length <= max)
        return text;
    if (max < 1)
        return '';
    return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
/** At most `max` bytes of UTF-8, cut at the end of a line where there is one; the last line says that something is missing. */
function cutBytes(text, max) {
    if (Buffer.byteLength(text) <= max)
        return text;
    const notice = '\n\n*Cut here: the whole report is in `.pace/`.*';
    const bytes = Buffer.from(text).subarray(0, Math.max(0, max - Buffer.byteLength(notice)));
    const whole = new TextDecoder().decode(bytes).replace(/\ufffd+$/, '');
    return `${whole.slice(0, Math.max(whole.lastIndexOf('\n'), 0)) || whole}${notice}`;
}


/***/ }),

/***/ 5035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runCli: () => (/* binding */ runCli)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7375);
/* harmony import */ var _platforms_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(776);
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8913);
/* harmony import */ var _platforms_version_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(108);
/* harmony import */ var _config_problems_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1922);
/* harmony import */ var _terminal_log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(666);
/* harmony import */ var _world_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3181);
/** The `pace` command: definitions of arguments, one place that turns results into output and errors into exit codes. */







/** Wrong usage or configuration. */
const EXIT_USAGE = 2;
async function runCli(program) {
    let exitCode = 0;
    const interrupt = new AbortController();
    program.once('SIGINT', () => interrupt.abort(new Interrupted(130)));
    program.once('SIGTERM', () => interrupt.abort(new Interrupted(143)));
    const run = async (options, action) => {
        const log = (0,_terminal_log_js__WEBPACK_IMPORTED_MODULE_1__/* .terminalLog */ .dg)(program.stderr, program.env, { verbose: options.verbose ?? false });
        const world = await (0,_world_js__WEBPACK_IMPORTED_MODULE_2__/* .inWorkspace */ .v)((0,_world_js__WEBPACK_IMPORTED_MODULE_2__/* .processWorld */ .m)(log), options.directory);
        exitCode = await action(world, interrupt.signal);
    };
    const cli = definition(program, run);
    try {
        await cli.parseAsync([...program.argv]);
        return exitCode;
    }
    catch (error) {
        return explained(error, program.stderr);
    }
}
class Interrupted extends Error {
    exitCode;
    constructor(exitCode) {
        super('interrupted');
        this.exitCode = exitCode;
    }
}
function definition(program, run) {
    const out = (text) => void program.stdout.write(text);
    const cli = new commander__WEBPACK_IMPORTED_MODULE_0__/* .Command */ .uB('pace')
        .description('A release gate for CI, and one issue-tracker interface for every tracker.')
        .version(_platforms_version_js__WEBPACK_IMPORTED_MODULE_3__/* .VERSION */ .x, '-V, --version')
        .showSuggestionAfterError()
        .showHelpAfterError('(add --help for what there is)')
        .configureOutput({ writeOut: out, writeErr: (text) => void program.stderr.write(text) })
        .exitOverride()
        .addHelpText('after', HELP);
    common(cli.command('gate'))
        .description('decide the day: SHIP, or HOLD with one escalation issue')
        .option('--day <n>', 'gate day; else PACE_DAY, else the calendar of the plan')
        .option('--sha <commit>', 'commit to judge; else that of the CI job, else HEAD')
        .option('--attempt <k>', 'which try of the day this is')
        .option('--dry-run', 'judge and print; write nothing anywhere')
        .option('--json', 'print the whole report as one JSON object')
        .option('--dotenv <file>', 'also write the outcome as variables, for a GitLab dotenv report')
        .action((options) => run(options, async (world, signal) => {
        const { gate } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(996), __webpack_require__.e(794), __webpack_require__.e(77), __webpack_require__.e(173)]).then(__webpack_require__.bind(__webpack_require__, 2173));
        const { writeDotenv } = await __webpack_require__.e(/* import() */ 247).then(__webpack_require__.bind(__webpack_require__, 5247));
        const { reportText } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(7)]).then(__webpack_require__.bind(__webpack_require__, 7007));
        const outcome = await gate(world, options, signal);
        if (options.dotenv)
            await writeDotenv(world, options.dotenv, outcome);
        out(options.json
            ? json(outcome.report)
            : reportText(outcome.report, { colour: (0,_terminal_log_js__WEBPACK_IMPORTED_MODULE_1__/* .hasColour */ .PG)(program.stdout, program.env) }));
        return outcome.exitCode;
    }));
    common(cli.command('init'))
        .description('write a small pace.config.yaml that fits this repository')
        .option('--force', 'replace the one that is there')
        .action((options) => run(options, async (world) => {
        const { init } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(382), __webpack_require__.e(996), __webpack_require__.e(794), __webpack_require__.e(0)]).then(__webpack_require__.bind(__webpack_require__, 3000));
        out(await init(world, options));
        return 0;
    }));
    common(cli.command('validate'))
        .description('check pace.config.yaml and the plan, and show every mistake')
        .action((options) => run(options, async (world) => {
        const { validate } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(996), __webpack_require__.e(794), __webpack_require__.e(77), __webpack_require__.e(187)]).then(__webpack_require__.bind(__webpack_require__, 5568));
        out(await validate(world, options));
        return 0;
    }));
    const issue = cli.command('issue').description('read the issues of the configured tracker');
    common(issue.command('list'))
        .description('list issues, newest first')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--state <state>', 'which ones').choices(['open', 'closed', 'all']).default('open'))
        .option('--label <label>', 'only with this label; repeat for several', collect, [])
        .option('--limit <n>', 'at most so many', '50')
        .option('--json', 'print a JSON array')
        .action((options) => run(options, async (world) => {
        const { listIssues } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(996), __webpack_require__.e(794), __webpack_require__.e(77), __webpack_require__.e(173), __webpack_require__.e(519)]).then(__webpack_require__.bind(__webpack_require__, 5519));
        const { issueRows } = await __webpack_require__.e(/* import() */ 248).then(__webpack_require__.bind(__webpack_require__, 1248));
        const issues = await listIssues(world, options);
        if (issues.length === 0 && !options.json)
            world.log.info('No issues.');
        out(options.json ? json(issues) : issueRows(issues));
        return 0;
    }));
    common(issue.command('show'))
        .description('show one issue with its comments')
        .argument('<key>', 'its number or key, e.g. 12 or PROJ-12')
        .option('--json', 'print a JSON object')
        .action((key, options) => run(options, async (world) => {
        const { showIssue } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(996), __webpack_require__.e(794), __webpack_require__.e(77), __webpack_require__.e(173), __webpack_require__.e(519)]).then(__webpack_require__.bind(__webpack_require__, 5519));
        const { issueText } = await __webpack_require__.e(/* import() */ 248).then(__webpack_require__.bind(__webpack_require__, 1248));
        const shown = await showIssue(world, { ...options, key });
        out(options.json ? json(shown) : issueText(shown));
        return 0;
    }));
    return cli;
}
const HELP = `
First steps:
  pace init                  write a configuration
  pace gate --day 1          decide day 1
  pace issue list            see the escalation, should it hold

Exit codes of gate: 0 SHIP, PAUSED or UNKNOWN; 1 HOLD; 2 wrong usage or configuration.`;
function common(command) {
    return command
        .option('-c, --config <file>', 'configuration; else pace.config.yaml or pace/pace.config.yaml')
        .option('-C, --directory <folder>', 'workspace; else the current folder')
        .option('-v, --verbose', 'say more');
}
function collect(value, previous) {
    return [...previous, value];
}
function json(value) {
    return `${JSON.stringify(value, null, 2)}\n`;
}
/** The one place that turns an error into words and an exit code. */
function explained(error, stderr) {
    if (error instanceof commander__WEBPACK_IMPORTED_MODULE_0__/* .CommanderError */ .b7)
        return error.exitCode === 0 ? 0 : EXIT_USAGE;
    if (error instanceof Interrupted)
        return error.exitCode;
    if (error instanceof _config_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .ConfigError */ .xL) {
        stderr.write(`${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_5__/* .plainText */ .wh)(error.message)}\n`);
        return EXIT_USAGE;
    }
    const { message, remedy, kind } = (0,_platforms_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .asPaceError */ .Qd)(error);
    stderr.write(`Error: ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_5__/* .plainText */ .wh)([message, remedy].filter(Boolean).join('\n'))}\n`);
    return kind === 'unexpected' ? 1 : EXIT_USAGE;
}


/***/ }),

/***/ 1922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vw: () => (/* binding */ formatProblem),
/* harmony export */   WU: () => (/* binding */ show),
/* harmony export */   aZ: () => (/* binding */ MAX_PROBLEMS),
/* harmony export */   dS: () => (/* binding */ sortProblems),
/* harmony export */   xL: () => (/* binding */ ConfigError)
/* harmony export */ });
/** What is wrong with a file that people write: configuration or plan. */
/** More than this helps nobody. */
const MAX_PROBLEMS = 200;
/** Wrong configuration, with every mistake at once. The text is the list of them, one per line. */
class ConfigError extends Error {
    name = 'ConfigError';
    problems;
    constructor(problems, options) {
        const listed = problems.slice(0, MAX_PROBLEMS);
        const more = problems.length > listed.length ? ['…and more.'] : [];
        super([...listed.map(formatProblem), ...more].join('\n'), options);
        this.problems = listed;
    }
}
/** `file:line:column: message`, the form that editors and CI logs make clickable. */
function formatProblem({ file, line, column, message }) {
    return `${file}:${line}:${column}: ${message}`;
}
/** In the order of the file; the same mistake at the same place counts once. */
function sortProblems(problems) {
    const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
    return [...distinct.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
const MAX_SHOWN = 60;
/** A value from the file for use inside a message: short, in one line, never a secret. */
function show(value, redact) {
    if (typeof value === 'string') {
        const safe = redact(value).replace(/\s+/g, ' ');
        return `"${safe.length > MAX_SHOWN ? `${safe.slice(0, MAX_SHOWN - 1)}…` : safe}"`;
    }
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object' && value !== null)
        return 'a mapping';
    return redact(String(value));
}


/***/ }),

/***/ 666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PG: () => (/* binding */ hasColour),
/* harmony export */   dg: () => (/* binding */ terminalLog),
/* harmony export */   nI: () => (/* binding */ paint)
/* harmony export */ });
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8913);
/** Talk for people: on a terminal with colour and one live line, in a pipe or CI log as plain lines, changes only. */

function terminalLog(stream, env, options = {}) {
    const colour = hasColour(stream, env);
    const live = stream.isTTY === true && !env['CI'];
    let hanging = false;
    function line(text) {
        if (hanging)
            stream.write('\r\u001b[2K');
        hanging = false;
        stream.write(`${text}\n`);
    }
    return {
        info: (message) => {
            if (!options.quiet)
                line((0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(message));
        },
        warn: (message) => line(paint(colour, '33', `Warning: ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(message)}`)),
        debug: (message) => {
            if (options.verbose)
                line(paint(colour, '2', (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(message)));
        },
        progress: (message) => {
            if (options.quiet)
                return;
            if (!live)
                return line((0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(message));
            stream.write(`\r\u001b[2K${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(message).slice(0, (stream.columns ?? 80) - 1)}`);
            hanging = true;
        },
        group: (title) => {
            if (!options.quiet)
                line(paint(colour, '1', (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(title)));
            return () => undefined;
        },
    };
}
/** https://no-color.org, https://force-color.org */
function hasColour(stream, env) {
    if (env['NO_COLOR'])
        return false;
    if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0')
        return true;
    return stream.isTTY === true && env['TERM'] !== 'dumb';
}
function paint(colour, code, text) {
    return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}


/***/ }),

/***/ 3181:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ inWorkspace),
  m: () => (/* binding */ processWorld)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
;// CONCATENATED MODULE: ./build/platforms/traffic.js
/** Requests per second to begin with, and how many may go at once. */
const READS = { perSecond: 10, burst: 20 };
/** Creating content is paced: vendors count it apart, GitHub about 80 a minute. */
const WRITES = { perSecond: 1, burst: 20 };
const SLOWEST_PER_SECOND = 0.1;
/** Failed attempts in a row after which a host counts as dead, and for how long, in milliseconds. */
const DEAD_AFTER = 4;
const DEAD_FOR = 30_000;
function createTraffic() {
    const hosts = new Map();
    return {
        deadline: Number.POSITIVE_INFINITY,
        host: (origin) => {
            const known = hosts.get(origin) ?? hostTraffic(origin);
            hosts.set(origin, known);
            return known;
        },
        report: () => [...hosts.values()].map((host) => host.report()).filter(({ requests }) => requests > 0),
    };
}
function hostTraffic(host) {
    const buckets = { read: bucket(READS), write: bucket(WRITES) };
    const counts = { requests: 0, notModified: 0, retries: 0, waited: 0 };
    let remaining;
    let failures = 0;
    let deadUntil = 0;
    return {
        take: (kind, now) => {
            counts.requests += 1;
            return buckets[kind].take(now);
        },
        deadFor: (now) => Math.max(0, deadUntil - now),
        answered: (status, budget) => {
            failures = 0;
            deadUntil = 0;
            if (status === 304)
                counts.notModified += 1;
            if (budget)
                remaining = budget.remaining;
            for (const each of Object.values(buckets))
                each.recover();
        },
        unreachable: (now) => {
            failures += 1;
            if (failures >= DEAD_AFTER)
                deadUntil = now + DEAD_FOR;
        },
        limited: () => {
            for (const each of Object.values(buckets))
                each.slowDown();
        },
        waited: (milliseconds) => {
            counts.waited += milliseconds;
        },
        retried: () => {
            counts.retries += 1;
        },
        report: () => {
            const { requests, notModified, retries, waited } = counts;
            const base = { host, requests, notModified, retries, waitedSeconds: Math.round(waited / 100) / 10 };
            return remaining === undefined ? base : { ...base, remaining };
        },
    };
}
/** A token bucket that halves its rate when a server is overrun, with a floor, and recovers with every answer. */
function bucket({ perSecond, burst }) {
    let rate = perSecond;
    let tokens = burst;
    let updatedAt;
    return {
        /** Takes a token; returns the milliseconds to wait until it is there. */
        take(now) {
            const elapsed = Math.max(0, now - (updatedAt ?? now));
            tokens = Math.min(burst, tokens + (elapsed / 1000) * rate) - 1;
            updatedAt = now;
            return tokens >= 0 ? 0 : Math.ceil((-tokens / rate) * 1000);
        },
        slowDown() {
            rate = Math.max(SLOWEST_PER_SECOND, rate / 2);
            tokens = Math.min(tokens, 0);
        },
        recover() {
            rate = Math.min(perSecond, rate * 1.1);
        },
    };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
;// CONCATENATED MODULE: ./build/src/network.js
/**
 * The machine's own way to the network: its proxy and its certificate authorities. Node honours NODE_EXTRA_CA_CERTS by itself;
 * proxy variables and the other names only in versions that are newer than the oldest we run on. The client that knows them all
 * is loaded at the first request, and only where one of them is set.
 */



/** GitLab writes the certificate of its own server into a file for every job. */
const AUTHORITIES = ['SSL_CERT_FILE', 'CI_SERVER_TLS_CA_FILE'];
/** What the environment says; lower case wins, as in other programs. Throws `PaceError` for a proxy that is no URL. */
function networkOf(env) {
    return {
        httpProxy: proxyIn(env, 'HTTP_PROXY'),
        httpsProxy: proxyIn(env, 'HTTPS_PROXY'),
        noProxy: either(env, 'NO_PROXY'),
        authorities: AUTHORITIES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
    };
}
/** Every request of the world goes through this one. A file that cannot be read is a warning: it may not be needed. */
function networkFetch(env, log) {
    let client;
    return async (input, init) => {
        client ??= openClient(networkOf(env), env, log);
        return (await client)(input, init);
    };
}
function either(env, name) {
    return env[name.toLowerCase()] || env[name] || '';
}
function proxyIn(env, name) {
    const given = either(env, name);
    if (given === '')
        return '';
    const text = given.includes('://') ? given : `http://${given}`;
    if (/^(https?|socks5?):$/.test(URL.parse(text)?.protocol ?? ''))
        return text;
    // never shown: it may hold a password
    throw new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `${name} is not the address of a proxy.`,
        remedy: 'Please write it like http://proxy.example.org:3128.',
        operation: 'configure',
    });
}
async function openClient(network, env, log) {
    const { httpProxy, httpsProxy, noProxy, authorities } = network;
    if (!httpProxy && !httpsProxy && authorities.length === 0)
        return (input, init) => fetch(input, init);
    const { EnvHttpProxyAgent, fetch: send } = await __webpack_require__.e(/* import() */ 752).then(__webpack_require__.t.bind(__webpack_require__, 4371, 19));
    const secureContext = trusting(authorities, env, log);
    const connect = secureContext ? { secureContext } : {};
    // without a tunnel `http:` is forwarded: proxies rarely allow a tunnel to other ports than that of `https:`
    const dispatcher = new EnvHttpProxyAgent({
        httpProxy,
        httpsProxy,
        noProxy,
        proxyTunnel: false,
        connect,
        requestTls: connect,
        proxyTls: connect,
    });
    // the same standard, declared twice; `http.ts` only ever passes an address
    return (async (input, init) => send(input, { ...init, dispatcher }));
}
/** `undefined` where the authorities that Node knows by itself are all. */
function trusting(authorities, env, log) {
    const further = authorities.flatMap(([variable, path]) => certificatesIn(variable, path, log));
    if (further.length === 0)
        return undefined;
    return external_node_tls_.createSecureContext({ ca: [...knownAuthorities(env, log), ...further] });
}
/** A list of our own replaces Node's, the ones of NODE_EXTRA_CA_CERTS included. */
function knownAuthorities(env, log) {
    if (typeof external_node_tls_.getCACertificates === 'function')
        return external_node_tls_.getCACertificates('default');
    const extra = env['NODE_EXTRA_CA_CERTS'];
    return [...external_node_tls_.rootCertificates, ...(extra ? certificatesIn('NODE_EXTRA_CA_CERTS', extra, log) : [])];
}
function certificatesIn(variable, path, log) {
    try {
        const certificates = (0,external_node_fs_.readFileSync)(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
        if (certificates)
            return certificates;
        log.warn(`${variable} names ${path}, which holds no certificate in PEM form; it is not used.`);
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
        log.warn(`${variable} names ${path}, which cannot be read (${code}); it is not used.`);
    }
    return [];
}

;// CONCATENATED MODULE: ./build/src/world.js
/** Builds the world from the running process: the only place, with the entries, that touches it. */







function processWorld(log) {
    return {
        env: process.env,
        cwd: process.cwd(),
        fetch: networkFetch(process.env, log),
        now: () => Date.now(),
        sleep: (milliseconds, signal) => (0,external_node_timers_promises_.setTimeout)(milliseconds, undefined, signal ? { signal } : {}),
        random: () => Math.random(),
        log,
        self: { pid: process.pid, host: (0,external_node_os_.hostname)(), isRunning },
        traffic: createTraffic(),
    };
}
/** The signal 0 only asks. https://nodejs.org/api/process.html#processkillpid-signal */
function isRunning(pid) {
    try {
        return process.kill(pid, 0);
    }
    catch (error) {
        // it runs, and belongs to somebody else
        return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
}
/** The same world in another folder. Throws `PaceError` when it is none. */
async function inWorkspace(world, directory) {
    if (!directory)
        return world;
    const cwd = (0,external_node_path_.resolve)(world.cwd, directory);
    if ((await (0,promises_.stat)(cwd).catch(() => undefined))?.isDirectory())
        return { ...world, cwd };
    throw new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `${directory} is not a folder.`,
        remedy: 'Please name the folder that holds the code; paths in the configuration start there.',
    });
}


/***/ })

};
