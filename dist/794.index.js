export const id = 794;
export const ids = [794];
export const modules = {

/***/ 6860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cx: () => (/* binding */ advisoryBody),
/* harmony export */   Lp: () => (/* binding */ agentName),
/* harmony export */   QT: () => (/* binding */ advisoryTitle),
/* harmony export */   bG: () => (/* binding */ ADVISORY_LABEL),
/* harmony export */   kV: () => (/* binding */ agentLabel)
/* harmony export */ });
/* harmony import */ var _untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8913);

const ADVISORY_LABEL = 'pace-advisory';
/** As a label: lower case, and only what every tracker takes. */
function agentLabel(agent) {
    return `pace-${agentName(agent)}`;
}
function agentName(agent) {
    return ((0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(agent)
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'agent');
}
function advisoryTitle(agent, day, count, limit) {
    const noun = count === 1 ? 'finding' : 'findings';
    return (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(`[PACE Advisory] ${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(agent, 40).toUpperCase()} Day ${day} — ${count} ${noun}`, limit);
}
/** The body, with every finding cut to `findingLimit` characters. */
function advisoryBody({ day, agent, items, cleared }, findingLimit) {
    const open = items.filter(({ id }) => !cleared.includes(id)).length;
    return [
        `## PACE Advisory — ${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(agent, 40)}, Day ${day}`,
        `${open} of ${items.length} open. Nothing here blocks a release before the next clearance day.`,
        '### Findings',
        items
            .map(({ id, finding }) => {
            const box = cleared.includes(id) ? 'x' : ' ';
            return `- [${box}] \\[${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(id, 80)}\\] ${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(finding, findingLimit)}`;
        })
            .join('\n'),
        '### Resolution',
        [
            '1. Fix what is listed, or decide that it may stay.',
            '2. PACE ticks off what it does not find any more, and closes this issue with the last one.',
            '3. Or close this issue: its findings then count as resolved.',
        ].join('\n'),
        '---',
        'Opened by PACE.',
    ].join('\n\n');
}


/***/ }),

/***/ 331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ readDayFile),
/* harmony export */   FQ: () => (/* binding */ readDayMap),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   c3: () => (/* binding */ listOf)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8815);
/** The files of PACE's agents in a day's folder, under both styles of name. All text in them is untrusted. */



const NAMES = {
    story: ['story.md', 'story-card.yaml', 'story.yaml', 'story-card.md'],
    handoff: ['handoff.md', 'handoff.yaml'],
    gate: ['gate.md', 'gate-report.yaml', 'gate.yaml', 'gate-report.md'],
    sentinel: ['sentinel.md', 'sentinel-report.yaml', 'sentinel.yaml', 'sentinel-report.md'],
    conduit: ['conduit.md', 'conduit-report.yaml', 'conduit.yaml', 'conduit-report.md'],
    decision: ['decision.yaml'],
};
/** The file's text, or `undefined` when no file of its names can be read. */
async function readDayFile(dayDir, file) {
    for (const name of NAMES[file]) {
        try {
            return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(dayDir, name), 'utf8');
        }
        catch {
            // the next name
        }
    }
    return undefined;
}
/** The file as a map; `{}` when it is missing, no YAML, or no map. */
async function readDayMap(dayDir, file) {
    const text = await readDayFile(dayDir, file);
    if (text === undefined)
        return {};
    try {
        const value = (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qg)(text, { maxAliasCount: 100 });
        return typeof value === 'object' && value !== null && !Array.isArray(value)
            ? value
            : {};
    }
    catch {
        return {};
    }
}
/** The entry as text, or `undefined`. */
function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
/** The entry as a list of texts: strings as they are, maps by their first telling member. */
function listOf(value) {
    if (!Array.isArray(value))
        return [];
    return value.flatMap((item) => {
        if (typeof item === 'string')
            return [item];
        if (typeof item !== 'object' || item === null)
            return [];
        const map = item;
        return textOf(map['criterion'] ?? map['finding'] ?? map['title'] ?? map['description'] ?? map['check']) ?? [];
    });
}


/***/ }),

/***/ 2130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ errorCode),
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(776);
/** A file system's error in our words. https://nodejs.org/api/errors.html#common-system-errors */

function fileError(error, deed, path) {
    const { kind, remedy } = remedyFor(errorCode(error), deed, path);
    const reason = error instanceof Error ? error.message : String(error);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PaceError */ .qw({ kind, message: `Cannot ${deed} ${path}: ${reason}`, remedy, cause: error });
}
/** `ENOENT` and the like; `''` when the error is not the system's. */
function errorCode(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : '';
}
function remedyFor(code, deed, path) {
    switch (code) {
        case 'EACCES':
        case 'EPERM':
        case 'EROFS':
            return { kind: 'permission', remedy: `Please allow the user that runs PACE to ${deed} ${path} and its folder.` };
        case 'ENOSPC':
        case 'EDQUOT':
            return { kind: 'transient', remedy: 'Please free some space on the disk, then run PACE again.' };
        case 'EISDIR':
        case 'EEXIST':
        case 'ENOTDIR':
            return { kind: 'configuration', remedy: `Please move away what stands in the place of ${path}.` };
        default:
            return { kind: 'unexpected', remedy: `Please check that ${path} can be used by the user that runs PACE.` };
    }
}


/***/ }),

/***/ 4523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ gitOr)
/* harmony export */ });
/* unused harmony export git */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(776);
/** The `git` program, for the embedded host and for finding out where a checkout comes from. https://git-scm.com/docs */


/** What git prints, without the last line end. Throws a `PaceError` with git's own words when it fails. */
function git(world, args) {
    return new Promise((resolve, reject) => {
        const options = {
            cwd: world.cwd,
            env: { ...world.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
            maxBuffer: 1 << 26,
        };
        (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('git', [...args], { ...options, timeout: 30_000 }, (error, stdout, stderr) => {
            if (error)
                reject(gitError(args, error, stderr));
            else
                resolve(stdout.replace(/\n$/, ''));
        });
    });
}
/** The same, or `undefined` when git is missing, this is no repository, or there is no answer. */
async function gitOr(world, args) {
    try {
        return await git(world, args);
    }
    catch {
        return undefined;
    }
}
function gitError(args, error, stderr) {
    if (error.code === 'ENOENT') {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .PaceError */ .qw({
            kind: 'configuration',
            message: 'The program `git` was not found.',
            remedy: 'Please install git on the runner, or pass the commit with --sha.',
            cause: error,
        });
    }
    const words = stderr.trim().split('\n')[0] ?? '';
    const remedy = /not a git repository/.test(words)
        ? 'Please run PACE inside a git checkout, or pass the commit with --sha.'
        : 'Please run the same git command by hand to see what is wrong.';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .PaceError */ .qw({
        kind: 'unexpected',
        message: `git ${args[0]} failed: ${words}`,
        remedy,
        cause: error,
    });
}


/***/ }),

/***/ 4082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ createGuard)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(776);
/* harmony import */ var _untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8913);
/** The one seam where errors become faults: adapters of the gate never throw. */


function createGuard(world) {
    const faults = [];
    function fault(operation, error) {
        const { message, remedy } = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asPaceError */ .Qd)(error);
        const kept = { operation, message: (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainLine */ .h0)(message, 1000), remedy: (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainLine */ .h0)(remedy, 1000) };
        faults.push(kept);
        world.log.warn(`${operation}: ${kept.message} ${kept.remedy}`);
        return kept;
    }
    return {
        faults,
        fault,
        guarded: async (operation, instead, action) => {
            try {
                return await action();
            }
            catch (error) {
                fault(operation, error);
                return instead;
            }
        },
    };
}


/***/ }),

/***/ 2002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mz: () => (/* binding */ getCiAdapter),
  cn: () => (/* binding */ getTrackerAdapter),
  bx: () => (/* binding */ isPlatformName),
  Gp: () => (/* binding */ loadPlatform),
  Zb: () => (/* binding */ openHost),
  Zl: () => (/* binding */ openTracker),
  iJ: () => (/* binding */ platformNames)
});

// UNUSED EXPORTS: platforms

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/guard.js
var guard = __webpack_require__(4082);
// EXTERNAL MODULE: ./build/platforms/day-files.js
var day_files = __webpack_require__(331);
// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
;// CONCATENATED MODULE: ./build/platforms/review-request.js
/** The review request of a human-gate day: its branch, title and body, from what `.pace/` knows of the period. */



function reviewBranch(day) {
    return `pace/review-day-${day}`;
}
/** The period that a review on this day covers: it starts on day 1, 15 or 29 and ends on this day. */
function reviewPeriod(day) {
    const from = day >= 29 ? 29 : day >= 15 ? 15 : 1;
    return { from, to: day, label: `Days ${from}–${day}` };
}
/** The change to propose. The same day with the same files gives the same text. */
async function reviewRequest(request) {
    const { day, paceDir, sha = '' } = request;
    const period = reviewPeriod(day);
    const days = [];
    for (let number = period.from; number < day; number += 1) {
        const known = await readDay((0,external_node_path_.join)(paceDir, `day-${number}`));
        if (known)
            days.push(known);
    }
    const title = `[PACE Review Gate] ${period.label}`;
    const body = reviewBody(request, days);
    return {
        branch: reviewBranch(day),
        from: sha,
        files: [{ path: `.pace/day-${day}/review-pr.md`, content: `# PACE Review Gate — ${period.label}\n\n${body}\n` }],
        commitMessage: `Add the PACE review of ${period.label}`,
        title,
        body,
        labels: ['pace-review'],
        reviewers: request.reviewers ?? [],
    };
}
/** Our own decision where there is one, else the report of the gate agent. */
async function readDay(dayDir) {
    const ours = await (0,day_files/* readDayMap */.FQ)(dayDir, 'decision');
    const agent = await (0,day_files/* readDayMap */.FQ)(dayDir, 'gate');
    if ((await (0,day_files/* readDayFile */.$6)(dayDir, 'decision')) === undefined && (await (0,day_files/* readDayFile */.$6)(dayDir, 'gate')) === undefined) {
        return undefined;
    }
    return { decision: String(ours['decision'] ?? agent['gate_decision'] ?? ''), deferred: (0,day_files/* listOf */.c3)(agent['deferred']) };
}
function reviewBody(request, days) {
    const shipped = days.filter(({ decision }) => decision === 'SHIP').length;
    const rate = days.length === 0 ? 'N/A' : `${Math.round((shipped / days.length) * 100)}%`;
    const deferred = days.flatMap((day) => day.deferred);
    const advisories = request.openAdvisories ?? [];
    return [
        '## Summary',
        [
            '| Metric | Value |',
            '| --- | --- |',
            `| Period | ${reviewPeriod(request.day).label} |`,
            `| Stories completed | ${shipped}/${days.length} |`,
            `| SHIP rate | ${rate} |`,
            `| Escalated HOLDs | ${days.filter(({ decision }) => decision === 'HOLD').length} |`,
            `| Deferred items | ${deferred.length} |`,
            `| Open advisories | ${advisories.length} |`,
        ].join('\n'),
        ...(request.contextNote ? ['## Context', (0,untrusted_text/* inlineMarkdown */.x)(request.contextNote, 4000)] : []),
        '## Deferred Acceptance Criteria',
        bullets(deferred.map((item) => (0,untrusted_text/* inlineMarkdown */.x)(item, 500))),
        '## Open Advisories',
        bullets(advisories.map(({ id, finding }) => `\`${id.replaceAll('`', '')}\` ${(0,untrusted_text/* inlineMarkdown */.x)(finding, 500)}`)),
        '## To Continue',
        'Merge this request to go on with the next day. Close it without merging to pause the loop.',
        '---',
        'Opened by PACE.',
    ].join('\n\n');
}
function bullets(items) {
    if (items.length === 0)
        return 'None';
    const shown = items.slice(0, 200).map((item) => `- ${item}`);
    return [...shown, ...(items.length > shown.length ? [`- … and ${items.length - shown.length} more`] : [])].join('\n');
}

// EXTERNAL MODULE: ./build/platforms/settled-checks.js
var settled_checks = __webpack_require__(2138);
;// CONCATENATED MODULE: ./build/platforms/ci-adapter.js
/** CIAdapter over any CodeHost: the waiting loop, the review request, the summary, variables. Never throws. */







/** Longest wait between two looks where looking again is free of charge, in seconds. */
const FREE_POLL_SECONDS = 10;
function createCiAdapter({ world, platform, openHost, statusContext = 'pace/gate', }) {
    const { guarded, fault, faults } = (0,guard/* createGuard */.o)(world);
    let opened;
    const host = () => {
        opened ??= openHost();
        return opened;
    };
    return {
        platform,
        faults,
        openReviewPr: (request) => guarded('openReviewPr', '', async () => {
            const change = await (await host()).proposeChange(await reviewRequest(request));
            return change.url;
        }),
        reviewState: (day) => guarded('reviewState', undefined, async () => (await host()).findChange(reviewBranch(day))),
        waitForCommitCi: async ({ sha, timeoutMinutes = 15, pollInterval = 20, rules, signal }) => {
            const none = { conclusion: 'no_runs', url: '', name: '', sha, checks: [] };
            try {
                const opened = await host();
                if (sha === '' || !opened.listChecks)
                    return none;
                return await waitForCi({
                    world,
                    host: opened,
                    sha,
                    rules: withOwnStatusIgnored({ ...settled_checks/* DEFAULT_CI_RULES */.be, ...rules }, statusContext),
                    deadline: world.now() + timeoutMinutes * 60_000,
                    pollInterval,
                    ...(signal ? { signal } : {}),
                    report: (error) => fault('waitForCommitCi', error),
                });
            }
            catch (error) {
                return { ...none, fault: fault('waitForCommitCi', error) };
            }
        },
        postDailySummary: async ({ day, report }) => {
            const icon = report.decision === 'SHIP' ? '✅' : '🔴';
            const reason = report.holdReason ? ` (${(0,untrusted_text/* plainLine */.h0)(report.holdReason, 200)})` : '';
            world.log.info(`Day ${day} summary: ${icon} ${report.decision ?? 'UNKNOWN'}${reason}`);
        },
        jobUrl: () => guarded('jobUrl', '', async () => (await host()).jobUrl?.() ?? ''),
        writeJobSummary: (markdown) => guarded('writeJobSummary', '', async () => {
            const { path, append, maxBytes } = (await host()).jobSummary();
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
            const text = `${(0,untrusted_text/* cutBytes */.Uw)(markdown, maxBytes)}\n`;
            await (append ? (0,promises_.appendFile)(path, text) : (0,promises_.writeFile)(path, text));
            return path;
        }),
        writeChangeNote: (markdown) => guarded('writeChangeNote', false, async () => (await (await host()).upsertChangeNote?.(markdown)) ?? false),
        setCommitStatus: (sha, status) => guarded('setCommitStatus', false, async () => {
            const opened = await host();
            if (!opened.setCommitStatus)
                return false;
            await opened.setCommitStatus(sha, status);
            return true;
        }),
        setVariable: (name, value) => guarded('setVariable', false, async () => {
            const opened = await host();
            if (!opened.setVariable)
                throw (0,errors/* unsupported */.qO)(platform, 'keep variables', 'Please pause by issue: `pause.by: issue`.');
            await opened.setVariable(name, value);
            return true;
        }),
        getVariable: (name) => guarded('getVariable', world.env[name], async () => (await host()).getVariable?.(name)),
    };
}
function withOwnStatusIgnored(rules, statusContext) {
    return { ...rules, ignored: [...rules.ignored, statusContext] };
}
/** Looks again and again until the set has settled or the deadline has come. */
async function waitForCi(waiting) {
    const { world, host, sha, rules, deadline } = waiting;
    const since = world.now();
    const ownId = (await host.ownCheck?.())?.id;
    const limit = host.pollingIsFree ? Math.min(FREE_POLL_SECONDS, waiting.pollInterval) : waiting.pollInterval;
    let seen = { signature: '', since };
    let said = '';
    let trouble;
    let checks = [];
    for (;;) {
        let now;
        try {
            const all = (await host.listChecks?.(sha, waiting.signal)) ?? [];
            checks = (0,settled_checks/* judgedSet */.C2)(all, { ownId, ignored: rules.ignored });
            if ((0,settled_checks/* signature */.vl)(checks) !== seen.signature)
                seen = { signature: (0,settled_checks/* signature */.vl)(checks), since: world.now() };
            now = (0,settled_checks/* verdict */.WJ)({ look: { checks, at: world.now() }, unchangedSince: seen.since, since, rules });
            trouble = undefined;
        }
        catch (error) {
            trouble = error;
            if (!isPassing(error) || waiting.signal?.aborted)
                throw error;
        }
        if (now?.over)
            return resultOf(now.conclusion, now.decidedBy, sha, checks);
        const words = now ? awaited(sha, now, checks) : `${sha.slice(0, 7)}: the host does not answer, asking again`;
        if (words !== said)
            world.log.progress(words);
        said = words;
        const left = deadline - world.now();
        if (left <= 0) {
            const result = resultOf('timeout', checks.find((check) => check.state === 'pending'), sha, checks);
            return trouble === undefined ? result : { ...result, fault: waiting.report(trouble) };
        }
        const quietSeconds = (world.now() - seen.since) / 1000;
        const overIn = now?.over === false ? now.overIn : undefined;
        const seconds = (0,settled_checks/* pollWait */.bN)({ quietSeconds, limit, overIn, random: world.random() });
        await world.sleep(Math.min(Math.ceil(seconds * 1000), left), waiting.signal);
    }
}
function isPassing(error) {
    const { kind } = (0,errors/* asPaceError */.Qd)(error);
    return kind === 'transient' || kind === 'rate-limit';
}
function awaited(sha, { awaited: names }, checks) {
    const listed = names.slice(0, 5).map((name) => (0,untrusted_text/* plainLine */.h0)(name, 80));
    const more = names.length > listed.length ? ` and ${names.length - listed.length} more` : '';
    return `CI of ${sha.slice(0, 7)}: waiting for ${listed.join(', ')}${more} (${checks.length} seen)`;
}
function resultOf(conclusion, decidedBy, sha, checks) {
    const shown = decidedBy ?? checks[0];
    return { conclusion, url: shown?.url ?? '', name: shown?.name ?? '', sha, checks };
}

// EXTERNAL MODULE: ./build/platforms/settings.js
var platforms_settings = __webpack_require__(1018);
// EXTERNAL MODULE: ./build/platforms/advisory.js
var advisory = __webpack_require__(6860);
;// CONCATENATED MODULE: ./build/platforms/escalation.js

const HOLD_LABEL = 'pace-hold';
const NO_REASON = 'Unknown — see agent reports below';
function dayLabel(day) {
    return `pace-day-${day}`;
}
function escalationTitle(day, reason, limit) {
    return (0,untrusted_text/* cut */.Jj)(`[PACE HOLD] Day ${day} — ${(0,untrusted_text/* plainLine */.h0)(reason, 80)}`, limit);
}
const SECTIONS = [
    ['Story Card', 'story'],
    ['FORGE Handoff (last attempt)', 'handoff'],
    ['GATE Report (last attempt)', 'gate'],
];
/** The body, with every quoted file cut to `quoteLimit` characters. */
function escalationBody(content, quoteLimit) {
    const { day, reason, sha, jobUrl, report, files } = content;
    return [
        `## Escalated HOLD — Day ${day}`,
        `Day ${day} could not ship${sha ? ` at commit \`${sha.slice(0, 12)}\`` : ''}, and its retries are used up.`,
        '### Blocker',
        (0,untrusted_text/* inlineMarkdown */.x)(reason, 2000),
        ...(report ? [(0,untrusted_text/* cut */.Jj)(report, Math.max(quoteLimit * 2, 2000))] : []),
        ...SECTIONS.flatMap(([heading, file]) => [`### ${heading}`, quoted(files[file], quoteLimit)]),
        '### To Resume',
        [
            '1. Fix what blocks, and push.',
            `2. Run day ${day} again: when it ships, PACE closes this issue and the loop goes on.`,
            '3. Or close this issue: the loop goes on without it. Where `PACE_PAUSED` is used, set it to `false`.',
        ].join('\n'),
        '---',
        `Opened by PACE${/^https?:/.test(jobUrl) ? ` in [this job](<${jobUrl}>)` : ''}. While this issue is open, later days are paused.`,
    ].join('\n\n');
}
function quoted(text, limit) {
    if (text === undefined)
        return 'Not available';
    const plain = (0,untrusted_text/* plainText */.wh)(text);
    const missing = plain.length > limit ? `\n… (${plain.length - limit} more characters in .pace/)` : '';
    return (0,untrusted_text/* codeBlock */.DV)(`${plain.slice(0, limit).toWellFormed()}${missing}`, 'yaml');
}
const COMMENTS = {
    changed: (reason, sha) => `The reason has changed${at(sha)}: ${(0,untrusted_text/* inlineMarkdown */.x)(reason, 2000)}`,
    reopened: (reason, sha) => `The day holds again${at(sha)}: ${(0,untrusted_text/* inlineMarkdown */.x)(reason, 2000)}`,
    resolved: (day, sha, note) => `Day ${day} ships${at(sha)}. Closed by PACE; the loop goes on.${note ? `\n\n${note}` : ''}`,
    twin: (key) => `The same day was escalated at the same time as ${key}. That one stays; this one is closed.`,
};
function at(sha) {
    return sha ? ` at commit \`${sha.slice(0, 12)}\`` : '';
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/platforms/fingerprint.js
/** What makes an issue of PACE the same issue: never its title, never a label. */

/** A short, stable digest of these parts, in order. */
function fingerprint(...parts) {
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

;// CONCATENATED MODULE: ./build/platforms/fit-body.js

const FIRST_QUOTE_LIMIT = 20_000;
const LEAST_QUOTE_LIMIT = 200;
/** Left free for what a vendor adds when it stores the text. */
const HEADROOM = 0.95;
/**
 * The longest version of a body that the tracker takes: quotes are shortened until the text fits in the vendor's own form.
 * @param render makes the Markdown with every quote cut to so many characters
 */
function fitBody(tracker, render, metadata) {
    const max = tracker.bodyLimit.max * HEADROOM;
    const fits = (text) => tracker.measureBody(text, metadata) <= max;
    for (let limit = FIRST_QUOTE_LIMIT; limit >= LEAST_QUOTE_LIMIT; limit = Math.floor(limit / 2)) {
        const text = render(limit);
        if (fits(text))
            return text;
    }
    let text = render(LEAST_QUOTE_LIMIT);
    while (!fits(text) && text.length > 0)
        text = (0,untrusted_text/* cut */.Jj)(text, Math.floor(text.length * 0.8));
    return text;
}

;// CONCATENATED MODULE: ./build/platforms/own-issues.js
/** Issues that PACE itself has opened: found again by the mark in their metadata, created exactly once. */

/** The mark of an issue when it has one of this kind. */
function readMark(issue, kind) {
    const mark = issue.metadata['pace'];
    const valid = mark?.kind === kind && typeof mark.fingerprint === 'string' && typeof mark.day === 'number';
    return valid ? mark : undefined;
}
function isOpen({ state }) {
    return state !== 'done' && state !== 'canceled';
}
/** How far back issues without the expected label are looked through before one is created. */
const RECHECK_DAYS = 30;
const RECHECK_ISSUES = 100;
function createOwnIssues(options) {
    const { tracker, world, kind, label } = options;
    let listed;
    async function list() {
        const found = [];
        for await (const issue of tracker.listIssues({ labels: [label], state: 'all' })) {
            const mark = readMark(issue, kind);
            if (mark)
                found.push({ issue, mark });
        }
        return found;
    }
    function all() {
        listed ??= list();
        return listed;
    }
    async function remembered(key, fingerprint) {
        try {
            const issue = await tracker.getIssue(key);
            const mark = readMark(issue, kind);
            return mark?.fingerprint === fingerprint ? { issue, mark } : undefined;
        }
        catch (error) {
            // a key of another tracker is refused in another way than a missing one
            if (['not-found', 'validation'].includes((0,errors/* asPaceError */.Qd)(error).kind))
                return undefined;
            throw error;
        }
    }
    /** Labels may have been dropped, and lists by label may lag: the newest issues, whatever their labels. */
    async function recheck(fingerprint) {
        let looked = 0;
        const createdSince = world.now() - RECHECK_DAYS * 86_400_000;
        for await (const issue of tracker.listIssues({ state: 'all', createdSince })) {
            const mark = readMark(issue, kind);
            if (mark?.fingerprint === fingerprint)
                return { issue, mark };
            looked += 1;
            if (looked >= RECHECK_ISSUES)
                return undefined;
        }
        return undefined;
    }
    async function olderTwin(own) {
        const twins = (await list()).filter(({ issue, mark }) => mark.fingerprint === own.mark.fingerprint && issue.key !== own.issue.key);
        return twins.filter(({ issue }) => isOlder(issue, own.issue)).at(-1);
    }
    function wrote(issue) {
        const mark = readMark(issue, kind);
        if (!mark)
            throw new Error(`the tracker lost the metadata of ${issue.key}`);
        const own = { issue, mark };
        listed = listed?.then((before) => [own, ...before.filter((other) => other.issue.key !== issue.key)]);
        return own;
    }
    return {
        all,
        wrote,
        find: async (fingerprint, rememberedKey) => {
            const known = rememberedKey ? await remembered(rememberedKey, fingerprint) : undefined;
            // the oldest one, should there be twins
            return known ?? (await all()).filter(({ mark }) => mark.fingerprint === fingerprint).at(-1);
        },
        createOnce: async (mark, draft, twinComment) => {
            const missed = await recheck(mark.fingerprint);
            if (missed)
                return missed;
            const created = await create(mark, draft);
            const twin = await olderTwin(created);
            if (!twin)
                return created;
            await tracker.addComment(created.issue.key, twinComment(twin.issue.key));
            await tracker.updateIssue(created.issue.key, { metadata: { pace: { ...mark, state: 'resolved' } } });
            await tracker.transitionIssue(created.issue.key, 'canceled');
            return twin;
        },
    };
    /** After an ambiguous failure the issue may be there all the same: look before giving up. */
    async function create(mark, draft) {
        try {
            return wrote(await tracker.createIssue({ ...draft, metadata: { pace: mark } }));
        }
        catch (error) {
            if ((0,errors/* asPaceError */.Qd)(error).kind !== 'transient')
                throw error;
            const created = await recheck(mark.fingerprint);
            if (!created)
                throw error;
            return wrote(created.issue);
        }
    }
}
function isOlder(a, b) {
    if (a.createdAt !== b.createdAt)
        return a.createdAt < b.createdAt;
    return a.key.localeCompare(b.key, 'en', { numeric: true }) < 0;
}

;// CONCATENATED MODULE: ./build/platforms/advisories.js
/** The life of advisory issues: one per agent and day, ticked off item by item, closed with the last one. */






/** Findings are kept in the issue's metadata, which counts into the tracker's limit. */
const KEPT_FINDING = 200;
const KEPT_ITEMS = 50;
function createAdvisories(options) {
    const { tracker, world, repository } = options;
    const own = createOwnIssues({ tracker, world, kind: 'advisory', label: advisory/* ADVISORY_LABEL */.bG });
    function compose(mark) {
        const body = fitBody(tracker, (limit) => (0,advisory/* advisoryBody */.Cx)(mark, limit), { pace: { ...mark, body: fingerprint('') } });
        const title = (0,advisory/* advisoryTitle */.QT)(mark.agent, mark.day, mark.items.length, tracker.titleLimit);
        return { title, body, mark: { ...mark, body: fingerprint(body) } };
    }
    async function write(existing, wanted) {
        const { title, body, mark } = compose(wanted);
        if (mark.body === existing.mark.body && mark.state === existing.mark.state)
            return existing;
        return own.wrote(await tracker.updateIssue(existing.issue.key, { title, body, metadata: { pace: mark } }));
    }
    async function push({ day, agent, items }) {
        const mark = fingerprint(repository, 'advisory', day, (0,advisory/* agentName */.Lp)(agent));
        const existing = await own.find(mark);
        const before = existing?.mark.items ?? [];
        const merged = [...before, ...items.filter(({ id }) => !before.some((known) => known.id === id)).map(bounded)];
        const wanted = {
            kind: 'advisory',
            fingerprint: mark,
            day,
            state: 'open',
            agent: (0,untrusted_text/* plainLine */.h0)(agent, 40),
            items: merged.slice(0, KEPT_ITEMS),
            cleared: (existing?.mark.cleared ?? []).filter((id) => !items.some((item) => item.id === id)),
        };
        if (existing) {
            if (!isOpen(existing.issue))
                await tracker.transitionIssue(existing.issue.key, 'open');
            return (await write(existing, wanted)).issue.url;
        }
        const draft = compose(wanted);
        const labels = [advisory/* ADVISORY_LABEL */.bG, (0,advisory/* agentLabel */.kV)(agent), dayLabel(day)];
        const twin = (key) => `The same findings were filed at the same time as ${key}. That one stays; this one is closed.`;
        return (await own.createOnce(draft.mark, { ...draft, labels, purpose: 'advisory' }, twin)).issue.url;
    }
    async function clearIn(existing, ids) {
        const { body: _, ...mark } = existing.mark;
        const cleared = mark.items.map(({ id }) => id).filter((id) => mark.cleared.includes(id) || ids.includes(id));
        const done = cleared.length === mark.items.length;
        await write(existing, { ...mark, cleared, state: done ? 'resolved' : 'open' });
        if (!done)
            return;
        await tracker.addComment(existing.issue.key, 'Nothing of this is found any more. Closed by PACE.');
        own.wrote(await tracker.transitionIssue(existing.issue.key, 'done'));
    }
    async function mine() {
        const marks = await own.all();
        return marks.filter(({ mark }) => mark.fingerprint === fingerprint(repository, 'advisory', mark.day, (0,advisory/* agentName */.Lp)(mark.agent)));
    }
    return {
        push,
        clear: async (ids) => {
            for (const existing of await mine()) {
                const concerned = existing.mark.items.some(({ id }) => ids.includes(id) && !existing.mark.cleared.includes(id));
                if (concerned && isOpen(existing.issue))
                    await clearIn(existing, ids);
            }
        },
        closedByPeople: async () => {
            const closed = (await mine()).filter(({ issue, mark }) => !isOpen(issue) && mark.state === 'open');
            return closed.flatMap(({ mark }) => mark.items.map(({ id }) => id).filter((id) => !mark.cleared.includes(id)));
        },
    };
}
function bounded({ id, finding }) {
    return { id, finding: (0,untrusted_text/* plainLine */.h0)(finding, KEPT_FINDING) };
}

;// CONCATENATED MODULE: ./build/platforms/escalations.js
/** The life of a day's escalation: opened once, edited in place, reopened for news, closed by a SHIP, left alone when a person closed it. */






function createEscalations(options) {
    const { tracker, world, repository } = options;
    const own = createOwnIssues({ tracker, world, kind: 'escalation', label: HOLD_LABEL });
    const startedAt = world.now();
    const markOf = (day) => fingerprint(repository, 'escalation', day);
    async function open(request) {
        const { day, sha = '', rememberedKey } = request;
        const reason = await reasonOf(request);
        const existing = await own.find(markOf(day), rememberedKey);
        const before = existing?.mark;
        const draft = await compose(request, reason, sha);
        if (!existing) {
            const labels = [HOLD_LABEL, dayLabel(day)];
            return asEscalation(await own.createOnce(draft.mark, { ...draft, labels, purpose: 'hold' }, COMMENTS.twin));
        }
        const isNews = before?.reason !== draft.mark.reason || before.sha !== sha;
        const closed = !isOpen(existing.issue);
        if (closed && before?.state === 'open' && !isNews)
            return asEscalation(existing);
        return asEscalation(await refresh(existing, draft, { reopen: closed, reason, sha }));
    }
    async function refresh(existing, draft, news) {
        const { key } = existing.issue;
        const same = existing.mark.body === draft.mark.body && existing.mark.state === 'open' && existing.mark.sha === news.sha;
        let current = existing;
        if (news.reopen)
            current = own.wrote(await tracker.transitionIssue(key, 'open'));
        if (!same) {
            const { title, body, mark } = draft;
            current = own.wrote(await tracker.updateIssue(key, { title, body, metadata: { pace: mark } }));
        }
        if (news.reopen)
            await tracker.addComment(key, COMMENTS.reopened(news.reason, news.sha));
        else if (existing.mark.reason !== draft.mark.reason)
            await tracker.addComment(key, COMMENTS.changed(news.reason, news.sha));
        return current;
    }
    async function compose(request, reason, sha) {
        const { day, dayDir, jobUrl = '', report = '' } = request;
        const files = {};
        for (const file of ['story', 'handoff', 'gate']) {
            const text = await (0,day_files/* readDayFile */.$6)(dayDir, file);
            if (text !== undefined)
                files[file] = text;
        }
        const shape = {
            kind: 'escalation',
            fingerprint: markOf(day),
            day,
            state: 'open',
            reason: fingerprint(reason),
            sha,
            heldAt: startedAt,
        };
        const content = { day, reason, sha, report, files };
        const body = fitBody(tracker, (limit) => escalationBody({ ...content, jobUrl }, limit), {
            pace: { ...shape, body: fingerprint('') },
        });
        // the job differs from run to run: by itself it is no news
        const digest = fingerprint(JSON.stringify(content));
        return { title: escalationTitle(day, reason, tracker.titleLimit), body, mark: { ...shape, body: digest } };
    }
    async function resolve({ day, sha = '', note = '', rememberedKey }) {
        const existing = await own.find(markOf(day), rememberedKey);
        if (!existing || !isOpen(existing.issue))
            return true;
        if (existing.mark.heldAt > startedAt)
            throw newerHold(day, existing.issue.key);
        const { key } = existing.issue;
        await tracker.addComment(key, COMMENTS.resolved(day, sha, note));
        await tracker.updateIssue(key, { metadata: { pace: { ...existing.mark, state: 'resolved' } } });
        own.wrote(await tracker.transitionIssue(key, 'done'));
        return true;
    }
    async function mine() {
        return (await own.all()).filter(({ mark }) => mark.fingerprint === markOf(mark.day));
    }
    return {
        open,
        resolve,
        earliestOpen: async (before = Number.POSITIVE_INFINITY) => {
            const open = (await mine()).filter(({ issue, mark }) => isOpen(issue) && mark.day < before);
            const [first] = open.sort((a, b) => a.mark.day - b.mark.day);
            return first && asEscalation(first);
        },
        of: async (day) => {
            const found = await own.find(markOf(day));
            return found && asEscalation(found);
        },
    };
}
function asEscalation({ issue, mark }) {
    return { key: issue.key, url: issue.url, day: mark.day, open: isOpen(issue) };
}
/** The reason that was given, else the one that an agent's report names. */
async function reasonOf({ holdReason, dayDir }) {
    if (holdReason)
        return holdReason;
    for (const file of ['gate', 'sentinel', 'conduit']) {
        const reason = (0,day_files/* textOf */.b6)((await (0,day_files/* readDayMap */.FQ)(dayDir, file))['hold_reason']);
        if (reason)
            return reason;
    }
    return NO_REASON;
}
function newerHold(day, key) {
    return new errors/* PaceError */.qw({
        kind: 'conflict',
        message: `Day ${day} was held by a newer run than this one: ${key} stays open.`,
        remedy: 'Please run the day again; give the job a concurrency group so that runs do not overlap.',
    });
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/platforms/story.js
/** The texts of a story's issue and of its handoff comment. Pure, Markdown, safe for every tracker. */


const STORY_LABEL = 'pace-story';
function storyTitle(day, card, limit) {
    return (0,untrusted_text/* cut */.Jj)(`[PACE Day ${day}] ${(0,untrusted_text/* plainLine */.h0)((0,day_files/* textOf */.b6)(card['target']) ?? `Day ${day} story`)}`, limit);
}
function storyBody(day, card, cardText, quoteLimit) {
    const criteria = (0,day_files/* listOf */.c3)(card['acceptance']).map((item) => `- [ ] ${(0,untrusted_text/* inlineMarkdown */.x)(item, 1000)}`);
    return [
        `## PACE Story — Day ${day}`,
        `**Target:** ${(0,untrusted_text/* inlineMarkdown */.x)((0,day_files/* textOf */.b6)(card['target']) ?? (0,day_files/* textOf */.b6)(card['story']) ?? `Day ${day} story`, 1000)}`,
        '### Acceptance Criteria',
        criteria.length > 0 ? criteria.join('\n') : '*None were written.*',
        '---',
        '### Full Story Card',
        (0,untrusted_text/* codeBlock */.DV)((0,untrusted_text/* cut */.Jj)(cardText, quoteLimit), 'yaml'),
        'Opened by PACE.',
    ].join('\n\n');
}
function handoffComment(day, handoff, text, quoteLimit) {
    const cost = typeof handoff['cost_usd'] === 'number' ? `$${handoff['cost_usd'].toFixed(4)}` : 'N/A';
    const summary = (0,day_files/* textOf */.b6)(handoff['summary'] ?? handoff['approach']);
    return [
        `### FORGE Handoff — Day ${day}`,
        `**Status:** ${(0,untrusted_text/* inlineMarkdown */.x)((0,day_files/* textOf */.b6)(handoff['status']) ?? 'unknown', 100)}`,
        `**Cost:** ${cost}`,
        ...(summary ? [`**Summary:** ${(0,untrusted_text/* inlineMarkdown */.x)(summary, 2000)}`] : []),
        (0,untrusted_text/* codeBlock */.DV)((0,untrusted_text/* cut */.Jj)(text, quoteLimit), 'yaml'),
    ].join('\n\n');
}

// EXTERNAL MODULE: ./build/platforms/write-whole.js
var write_whole = __webpack_require__(7202);
;// CONCATENATED MODULE: ./build/platforms/stories.js
/** The issue of a day's story, remembered in `story-ticket.yaml` of the day's folder. */











function createStories(options) {
    const { tracker, world, repository } = options;
    const own = createOwnIssues({ tracker, world, kind: 'story', label: STORY_LABEL });
    return {
        push: async ({ day, dayDir }) => {
            const text = await needed(dayDir, 'story');
            const card = await (0,day_files/* readDayMap */.FQ)(dayDir, 'story');
            const shape = { kind: 'story', fingerprint: fingerprint(repository, 'story', day), day, state: 'open' };
            const body = fitBody(tracker, (limit) => storyBody(day, card, text, limit), {
                pace: { ...shape, body: fingerprint('') },
            });
            const draft = { title: storyTitle(day, card, tracker.titleLimit), body };
            const mark = { ...shape, body: fingerprint(body) };
            const existing = await own.find(shape.fingerprint, (await readTicket(dayDir))?.key);
            const twin = (key) => `The same story was filed at the same time as ${key}. That one stays; this one is closed.`;
            const { issue } = existing
                ? existing.mark.body === mark.body
                    ? existing
                    : own.wrote(await tracker.updateIssue(existing.issue.key, { ...draft, metadata: { pace: mark } }))
                : await own.createOnce(mark, { ...draft, labels: [STORY_LABEL, dayLabel(day)], purpose: 'story' }, twin);
            await writeTicket(dayDir, { url: issue.url, key: issue.key, platform: tracker.platform });
            return issue.url;
        },
        setStatus: async ({ dayDir, status }) => {
            const ticket = await readTicket(dayDir);
            if (!ticket)
                return false;
            await tracker.transitionIssue(ticket.key, status);
            return true;
        },
        postHandoff: async ({ day, dayDir }) => {
            const ticket = await readTicket(dayDir);
            const text = await (0,day_files/* readDayFile */.$6)(dayDir, 'handoff');
            if (!ticket || text === undefined)
                return false;
            if (ticket.handoff_posted)
                return true;
            const handoff = await (0,day_files/* readDayMap */.FQ)(dayDir, 'handoff');
            await tracker.addComment(ticket.key, fitBody(tracker, (limit) => handoffComment(day, handoff, text, limit)));
            await writeTicket(dayDir, { ...ticket, handoff_posted: true });
            return true;
        },
    };
}
async function needed(dayDir, file) {
    const text = await (0,day_files/* readDayFile */.$6)(dayDir, file);
    if (text !== undefined)
        return text;
    throw new errors/* PaceError */.qw({
        kind: 'not-found',
        message: `There is no ${file} file in ${dayDir}.`,
        remedy: `Please write ${file}.md there first.`,
    });
}
const TICKET = 'story-ticket.yaml';
async function readTicket(dayDir) {
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(dayDir, TICKET), 'utf8').catch(() => undefined);
    if (text === undefined)
        return undefined;
    const { url, id, key, platform, handoff_posted } = ((0,dist/* parse */.qg)(text) ?? {});
    const reference = key ?? id;
    if (reference === undefined)
        return undefined;
    const posted = handoff_posted === true ? { handoff_posted } : {};
    return { url: String(url ?? ''), key: String(reference), platform: String(platform ?? ''), ...posted };
}
async function writeTicket(dayDir, ticket) {
    await (0,write_whole/* writeWhole */.f)((0,external_node_path_.join)(dayDir, TICKET), (0,dist/* stringify */.As)({ ...ticket, id: ticket.key }));
}

;// CONCATENATED MODULE: ./build/platforms/tracker-adapter.js
/** TrackerAdapter over any IssueTracker. Never throws: `''` or `false`, and a fault. */




function createTrackerAdapter({ world, platform, repository, openTracker, }) {
    const { guarded, faults } = (0,guard/* createGuard */.o)(world);
    let opened;
    const parts = () => {
        opened ??= openTracker().then((tracker) => partsOf({ tracker, world, repository }));
        return opened;
    };
    return {
        platform,
        faults,
        openEscalationIssue: (options) => guarded('openEscalationIssue', '', async () => (await (await parts()).escalations.open(options)).url),
        resolveEscalation: (options) => guarded('resolveEscalation', false, async () => (await parts()).escalations.resolve(options)),
        openEscalation: ({ before } = {}) => guarded('openEscalation', undefined, async () => (await parts()).escalations.earliestOpen(before)),
        escalationOf: (day) => guarded('escalationOf', undefined, async () => (await parts()).escalations.of(day)),
        pushAdvisoryItems: ({ items, ...rest }) => guarded('pushAdvisoryItems', '', async () => items.length === 0 ? '' : (await parts()).advisories.push({ items, ...rest })),
        clearAdvisoryItems: ({ ids }) => guarded('clearAdvisoryItems', false, async () => {
            if (ids.length > 0)
                await (await parts()).advisories.clear(ids);
            return true;
        }),
        advisoryItemsClosedByPeople: () => guarded('advisoryItemsClosedByPeople', [], async () => (await parts()).advisories.closedByPeople()),
        pushStory: (options) => guarded('pushStory', '', async () => (await parts()).stories.push(options)),
        updateStoryStatus: (options) => guarded('updateStoryStatus', false, async () => (await parts()).stories.setStatus(options)),
        postHandoffComment: (options) => guarded('postHandoffComment', false, async () => (await parts()).stories.postHandoff(options)),
        closePlanIssue: (key) => guarded('closePlanIssue', false, async () => {
            await (await parts()).tracker.transitionIssue(key, 'done');
            return true;
        }),
    };
}
function partsOf(options) {
    return {
        tracker: options.tracker,
        escalations: createEscalations(options),
        advisories: createAdvisories(options),
        stories: createStories(options),
    };
}

;// CONCATENATED MODULE: ./build/platforms/index.js
/** The registry and the two factories: one line per platform, each loaded only when it is used. */




const platforms = {
    github: () => __webpack_require__.e(/* import() */ 79).then(__webpack_require__.bind(__webpack_require__, 8079)),
    gitlab: () => __webpack_require__.e(/* import() */ 655).then(__webpack_require__.bind(__webpack_require__, 7655)),
    jira: () => __webpack_require__.e(/* import() */ 144).then(__webpack_require__.bind(__webpack_require__, 1144)),
    local: () => __webpack_require__.e(/* import() */ 347).then(__webpack_require__.bind(__webpack_require__, 5347)),
};
const platformNames = Object.keys(platforms);
function isPlatformName(name) {
    return Object.hasOwn(platforms, name);
}
async function loadPlatform(name) {
    return (await platforms[name]()).default;
}
/** The gate's view of the code host. Missing settings are no error here: every method then leaves a fault. */
function getCiAdapter(world, side, options = {}) {
    return createCiAdapter({ world, platform: side.platform.name, openHost: () => openHost(world, side), ...options });
}
/** The gate's view of the tracker, for the issues of this code repository. */
function getTrackerAdapter(world, side, options) {
    return createTrackerAdapter({
        world,
        platform: side.platform.name,
        openTracker: () => openTracker(world, side),
        ...options,
    });
}
/** The code host itself. Throws `PaceError` for missing settings and for a platform that hosts no code. */
async function openHost(world, { platform, section }) {
    if (!platform.createHost)
        throw offersNot(platform, 'code', 'platform.ci');
    return platform.createHost(world, settingsFor(platform, 'ci', world, section));
}
/** The tracker itself. Throws `PaceError` for missing settings and for a platform that tracks no issues. */
async function openTracker(world, { platform, section }) {
    if (!platform.createTracker)
        throw offersNot(platform, 'issues', 'platform.tracker');
    return platform.createTracker(world, settingsFor(platform, 'tracker', world, section));
}
function settingsFor(platform, side, world, section = {}) {
    const { settings, missing } = (0,platforms_settings/* resolveSettings */.M)({ platform, side, section, env: world.env });
    if (missing.length === 0)
        return settings;
    throw new errors/* PaceError */.qw({
        kind: 'configuration',
        message: missing.map(({ message }) => message).join(' '),
        remedy: missing.map(({ remedy }) => remedy).join(' '),
    });
}
function offersNot(platform, what, key) {
    return new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `${platform.title} has no ${what}.`,
        remedy: `Please set \`${key}\` to another of: ${platformNames.join(', ')}.`,
    });
}


/***/ }),

/***/ 7226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dL: () => (/* binding */ findSecrets),
/* harmony export */   s0: () => (/* binding */ hideSecrets)
/* harmony export */ });
/* unused harmony export secretShapes */
/** What well-known credentials look like. Used to refuse them in files and to hide them in logs. */
/** Prefixes as the vendors document them, with a length below which a match would be chance. */
const secretShapes = [
    // https://github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available/
    { what: 'a GitHub token', pattern: /\b(?:gh[opusr]_[A-Za-z0-9_]{16,}|github_pat_[A-Za-z0-9_]{20,})/g },
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    { what: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|oas)-[A-Za-z0-9_.-]{16,}/g },
    { what: 'an Atlassian API token', pattern: /\bAT[AC]TT3?[A-Za-z0-9_=-]{20,}/g },
    { what: 'a Slack token', pattern: /\bxox[abeprs](?:\.xox[abeprs])?-[A-Za-z0-9-]{10,}/g },
    { what: 'a Linear API key', pattern: /\blin_(?:api|oauth)_[A-Za-z0-9]{16,}/g },
    { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
    {
        what: 'an API key',
        pattern: /\bsk-(?=[A-Za-z_-]{0,200}\d)[A-Za-z0-9_-]{20,}|\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
    },
    {
        what: 'a private key',
        // up to the first character that no key block has: the block may be indented, or lack its end
        pattern: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\sA-Za-z0-9+/=:,.\\-]*/g,
    },
    {
        what: 'a URL with a password',
        pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"'<>]{0,200}:(?!\$\{)[^\s/@"'<>]{1,400}@[^\s"'<>]{1,400}/gi,
    },
    {
        what: 'a webhook address',
        pattern: /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|(?:[a-z0-9-]{1,63}\.)?webhook\.office\.com\/webhookb2|(?:[a-z]{1,20}\.)?discord(?:app)?\.com\/api\/webhooks)\/[^\s"'<>]+/gi,
    },
    {
        what: 'a URL with a credential',
        pattern: /https?:\/\/[^\s"'<>?]{1,400}\?(?:[^\s"'<>&]{0,400}&){0,9}(?:access_token|api_key|apikey|key|sig|signature|token)=(?!\$\{)[^\s"'<>&]{8,}/gi,
    },
];
/** Every credential in a text, in order of their place; overlapping ones once. */
function findSecrets(text) {
    const found = secretShapes.flatMap(({ what, pattern }) => [...text.matchAll(pattern)].map((match) => ({ what, start: match.index, end: match.index + match[0].length })));
    found.sort((a, b) => a.start - b.start || b.end - a.end);
    let reached = 0;
    return found.filter(({ start, end }) => {
        if (start < reached)
            return false;
        reached = end;
        return true;
    });
}
/** The text with `***` in place of everything that looks like a credential. */
function hideSecrets(text) {
    return findSecrets(text).reduceRight((rest, { start, end }) => `${rest.slice(0, start)}***${rest.slice(end)}`, text);
}


/***/ }),

/***/ 1018:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ resolveSettings)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(776);

/** Values of a platform's settings for one side: from its section of the file, else the environment, else the default. */
function resolveSettings(options) {
    const { platform, side, section = {}, env } = options;
    const settings = {};
    const missing = [];
    for (const need of platform.needs) {
        const fromFile = Object.hasOwn(section, need.key) ? section[need.key] : undefined;
        const fromEnv = need.env.map((name) => env[name]).find((value) => value !== undefined && value !== '');
        const value = (fromFile || undefined) ?? fromEnv ?? need.default;
        if (value !== undefined)
            settings[need.key] = value;
        else if (need.required && (need.for === side || need.for === 'both'))
            missing.push(missingSetting(platform, need));
    }
    return { settings, missing };
}
function missingSetting(platform, need) {
    const variable = need.env[0];
    const where = [
        variable ? `set ${variable} in the job's environment` : '',
        need.secret ? '' : `write \`${platform.name}.${need.key}\` in pace.config.yaml`,
    ].filter(Boolean);
    const scope = need.scope ? ` It needs: ${need.scope}.` : '';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PaceError */ .qw({
        kind: 'configuration',
        message: `${platform.title} needs ${variable ?? need.key} (${need.why}), and it is not set.`,
        remedy: `Please ${where.join(', or ')}.${scope}`,
        operation: 'configure',
    });
}


/***/ }),

/***/ 2138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C2: () => (/* binding */ judgedSet),
/* harmony export */   MH: () => (/* binding */ nameMatcher),
/* harmony export */   WJ: () => (/* binding */ verdict),
/* harmony export */   bN: () => (/* binding */ pollWait),
/* harmony export */   be: () => (/* binding */ DEFAULT_CI_RULES),
/* harmony export */   rp: () => (/* binding */ countsAsFailure),
/* harmony export */   vl: () => (/* binding */ signature)
/* harmony export */ });
/* harmony import */ var picomatch__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4006);
/** When is a commit's CI over, and how did it end? Pure: from what was seen and when, to a verdict. */

const DEFAULT_CI_RULES = {
    graceSeconds: 60,
    settleSeconds: 5,
    expected: [],
    ignored: [],
    skippedPasses: true,
    neutralPasses: true,
};
/** Latest attempts of the checks that count: PACE's own job in all its attempts and what the rules ignore are left out. */
function judgedSet(checks, options) {
    const own = checks.find((check) => check.id === options.ownId);
    const isIgnored = nameMatcher(options.ignored);
    const latest = new Map();
    for (const check of checks) {
        if (own && attemptKey(check) === attemptKey(own))
            continue;
        if (isIgnored(check.name))
            continue;
        const key = attemptKey(check);
        const known = latest.get(key);
        if (!known || supersedes(check, known))
            latest.set(key, check);
    }
    return [...latest.values()];
}
/** Attempts of one job share app, workflow and name; jobs of one name in two workflows do not. */
function attemptKey({ app, workflow, name }) {
    return JSON.stringify([app, workflow, name]);
}
function supersedes(candidate, known) {
    const unfinished = [isUnfinished(candidate), isUnfinished(known)];
    if (unfinished[0] !== unfinished[1])
        return unfinished[0] === true;
    const starts = [candidate.startedAt ?? candidate.completedAt, known.startedAt ?? known.completedAt];
    if (starts[0] !== starts[1])
        return (starts[0] ?? 0) > (starts[1] ?? 0);
    return candidate.id.localeCompare(known.id, 'en', { numeric: true }) > 0;
}
/** Will end by itself: queued, running, or in a state that we do not know. */
function isUnfinished({ state }) {
    return state === 'pending' || state === 'unknown';
}
/** A later stage may take a moment to start after the one before it: blocked checks lengthen the settle time to this. */
const SETTLE_WITH_BLOCKED_SECONDS = 15;
/**
 * The verdict after a look. Nothing is over before the finished set has stayed the same for the settle time, and an empty
 * set not before the grace.
 */
function verdict(options) {
    const { look, rules } = options;
    const checks = look.checks;
    const running = checks.filter(isUnfinished);
    const missing = rules.expected.filter((pattern) => !checks.some((check) => nameMatcher([pattern])(check.name)));
    if (running.length > 0 || missing.length > 0) {
        return {
            over: false,
            checks,
            awaited: [...running.map(describe), ...missing.map((name) => `${name} (not there yet)`)],
        };
    }
    const ended = checks.filter((check) => check.state !== 'blocked');
    if (ended.length === 0) {
        const left = options.since + rules.graceSeconds * 1000 - look.at;
        if (left > 0)
            return { over: false, checks, awaited: ['the first check to appear'], overIn: left };
        return { over: true, conclusion: 'no_runs', decidedBy: undefined, checks };
    }
    const settleSeconds = ended.length < checks.length ? Math.max(rules.settleSeconds, SETTLE_WITH_BLOCKED_SECONDS) : rules.settleSeconds;
    const left = settledSince(ended, options.unchangedSince, look.at) + settleSeconds * 1000 - look.at;
    if (left > 0)
        return { over: false, checks, awaited: ['late checks'], overIn: left };
    return { over: true, ...conclude(ended, rules), checks };
}
/** When the set took its present form: by the host's own times where all are known, else by when we first saw it so. */
function settledSince(ended, unchangedSince, now) {
    const times = ended.map((check) => check.completedAt);
    const latest = times.reduce((max, time) => Math.max(max, time ?? Number.POSITIVE_INFINITY), 0);
    return latest <= now ? latest : Math.min(unchangedSince, now);
}
function conclude(ended, rules) {
    const counted = ended.filter((check) => !check.optional);
    const failed = counted.find((check) => countsAsFailure(check, rules));
    if (failed)
        return { conclusion: 'failure', decidedBy: failed };
    const cancelled = counted.find((check) => check.state === 'cancelled');
    if (cancelled)
        return { conclusion: 'cancelled', decidedBy: cancelled };
    return { conclusion: 'success', decidedBy: ended[0] };
}
/** Whether this ended check, taken alone, speaks against the commit. */
function countsAsFailure(check, rules) {
    if (check.state === 'skipped')
        return !rules.skippedPasses;
    if (check.state === 'neutral')
        return !rules.neutralPasses;
    return check.state === 'failure';
}
/** Equal for two looks that saw the same set in the same states. */
function signature(checks) {
    return checks
        .map((check) => `${check.id} ${check.state}`)
        .sort()
        .join('\n');
}
/** Seconds until the next look: soon after a change, then less and less often, never more than `limit`. */
function pollWait(options) {
    const easy = Math.min(Math.max(options.quietSeconds * 0.2, Math.min(5, options.limit)), options.limit);
    const jittered = easy * (0.9 + 0.2 * options.random);
    return options.overIn === undefined ? jittered : Math.min(jittered, options.overIn / 1000);
}
function describe(check) {
    return check.state === 'unknown' ? `${check.name} (unknown state "${check.vendorState}")` : check.name;
}
/** Names are matched as a whole or as a glob; `*` crosses slashes, since check names are no paths. */
function nameMatcher(patterns) {
    if (patterns.length === 0)
        return () => false;
    const globs = patterns.map((pattern) => picomatch__WEBPACK_IMPORTED_MODULE_0__(pattern, { bash: true, dot: true, nonegate: true }));
    return (name) => patterns.includes(name) || globs.some((matches) => matches(name));
}


/***/ }),

/***/ 7202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ writeWhole)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2130);




/**
 * Writes beside the target and renames, so that a reader sees the old file or the new one, never a half, also after the
 * power failed: on return the content and its name are on the disk. Makes the folders. Throws a `PaceError` with a remedy.
 */
async function writeWhole(path, content) {
    const draft = `${path}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}.tmp`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), { recursive: true });
        await writeDraft(draft, content);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(draft, path);
        await keepName((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(draft, { force: true }).catch(() => undefined);
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .z)(error, 'write', path);
    }
}
async function writeDraft(draft, content) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(draft, 'wx');
    try {
        await file.writeFile(content);
        await file.sync();
    }
    finally {
        await file.close();
    }
}
/** A new name is part of the folder, which some systems do not let us open: there it is theirs to keep. */
async function keepName(folder) {
    const opened = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(folder, 'r').catch(() => undefined);
    try {
        await opened?.sync().catch(() => undefined);
    }
    finally {
        await opened?.close();
    }
}


/***/ }),

/***/ 9977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YW: () => (/* binding */ detectSides)
/* harmony export */ });
/* unused harmony exports chooseSides, hostOfRemote */
/* harmony import */ var _platforms_git_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4523);
/* harmony import */ var _platforms_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2002);
/* harmony import */ var _platforms_settings_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1018);
/** Which platform hosts the code and which one tracks the issues. */



/** Loads what is needed for the choice: two platforms when both are named, else all of them. */
async function detectSides(world, wanted, sections = {}) {
    const named = [wantedSide(wanted, 'ci'), wantedSide(wanted, 'tracker')].filter(_platforms_index_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlatformName */ .bx);
    if (named.length === 2 && wanted.type === undefined) {
        const platforms = await Promise.all([...new Set(named)].map(_platforms_index_js__WEBPACK_IMPORTED_MODULE_0__/* .loadPlatform */ .Gp));
        const sides = chooseSides({ wanted, env: world.env, remoteHost: undefined, sections, platforms });
        if (sides.problems.length === 0)
            return sides;
    }
    const platforms = await Promise.all(_platforms_index_js__WEBPACK_IMPORTED_MODULE_0__/* .platformNames */ .iJ.map(_platforms_index_js__WEBPACK_IMPORTED_MODULE_0__/* .loadPlatform */ .Gp));
    return chooseSides({ wanted, env: world.env, remoteHost: await remoteHostName(world), sections, platforms });
}
/** The choice itself. Pure. */
function chooseSides(circumstances) {
    const ci = explicit(circumstances, 'ci') ?? detectedHost(circumstances);
    const tracker = explicit(circumstances, 'tracker') ?? detectedTracker(circumstances, ci.platform);
    const problems = [
        ...(ci.problem ? [{ key: 'ci', message: ci.problem }] : []),
        ...(tracker.problem ? [{ key: 'tracker', message: tracker.problem }] : []),
    ];
    const because = `CI: ${ci.platform.title} (${ci.why}). Tracker: ${tracker.platform.title} (${tracker.why}).`;
    return { ci: ci.platform, tracker: tracker.platform, because, problems };
}
function wantedSide(wanted, side) {
    return wanted[side] === 'auto' ? (wanted.type ?? 'auto') : wanted[side];
}
function explicit({ wanted, platforms }, side) {
    const name = wantedSide(wanted, side);
    const platform = platforms.find((candidate) => candidate.name === name);
    if (!platform)
        return undefined;
    if (offers(platform, side))
        return { platform, why: wanted[side] === 'auto' ? 'platform.type' : `platform.${side}` };
    // the older key speaks of both sides: the one that the platform lacks is detected
    if (wanted[side] === 'auto')
        return undefined;
    const able = platforms.filter((candidate) => offers(candidate, side)).map((candidate) => `\`${candidate.name}\``);
    const lacks = side === 'ci' ? 'hosts no code and runs no CI' : 'tracks no issues';
    const others = able.length > 0 ? `, for instance ${able.join(', ')}` : '';
    return {
        platform,
        why: 'configured',
        problem: `${platform.title} ${lacks}. Please choose another one${others}, or \`auto\`.`,
    };
}
function offers(platform, side) {
    return (side === 'ci' ? platform.createHost : platform.createTracker) !== undefined;
}
function detectedHost({ env, remoteHost, platforms }) {
    const hosts = platforms.filter((platform) => offers(platform, 'ci'));
    const byCi = hosts.find((platform) => platform.detectCi?.(env));
    if (byCi)
        return { platform: byCi, why: 'found by its CI variables' };
    const byRemote = remoteHost === undefined ? undefined : hosts.find((platform) => platform.detectRemote?.(remoteHost));
    if (byRemote)
        return { platform: byRemote, why: `found by the git remote at ${remoteHost}` };
    return { platform: fallback(platforms), why: 'no other platform was found by CI variables or git remote' };
}
function detectedTracker(circumstances, host) {
    const trackersOnly = circumstances.platforms.filter((platform) => offers(platform, 'tracker') && !offers(platform, 'ci'));
    const rated = trackersOnly.map((platform) => ({ platform, ...readiness(platform, circumstances) }));
    const ready = rated.find(({ required, missing }) => required > 0 && missing.length === 0);
    if (ready)
        return { platform: ready.platform, why: 'all its settings are present' };
    const passedOver = rated
        .filter(({ required, missing }) => missing.length > 0 && missing.length < required)
        .map(({ platform, missing }) => `; ${platform.title} was passed over: ${missing.join(', ')} not set`)
        .join('');
    if (offers(host, 'tracker'))
        return { platform: host, why: `where the code is${passedOver}` };
    return { platform: fallback(circumstances.platforms), why: `${host.title} tracks no issues${passedOver}` };
}
/** How many settings the tracker side cannot do without, and which of them have no value. */
function readiness(platform, { env, sections }) {
    const section = sections[platform.name] ?? {};
    const { settings } = (0,_platforms_settings_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveSettings */ .M)({ platform, side: 'tracker', section, env });
    const required = platform.needs.filter((need) => need.required && need.for !== 'ci' && need.default === undefined);
    const missing = required.filter(({ key }) => settings[key] === undefined).map((need) => need.env[0] ?? need.key);
    return { required: required.length, missing };
}
function fallback(platforms) {
    const found = platforms.find((platform) => platform.fallback) ?? platforms.at(-1);
    if (!found)
        throw new Error('No platform is registered.');
    return found;
}
async function remoteHostName(world) {
    const url = await (0,_platforms_git_js__WEBPACK_IMPORTED_MODULE_2__/* .gitOr */ .O)(world, ['remote', 'get-url', 'origin']);
    return url === undefined ? undefined : hostOfRemote(url);
}
/** The host name in a git remote: `https://…`, `ssh://…` or `user@host:path`. Nothing for a path on this machine. */
function hostOfRemote(remote) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(remote))
        return URL.parse(remote)?.hostname || undefined;
    return /^(?:[^\s@/]+@)?([A-Za-z0-9.-]{2,}):(?!\\)/.exec(remote)?.[1]?.toLowerCase();
}


/***/ }),

/***/ 1872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ce: () => (/* binding */ explainMissing),
/* harmony export */   hg: () => (/* binding */ configPaths),
/* harmony export */   p0: () => (/* binding */ locateConfig)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/** Where the configuration stands. */


/** Looked at in this order, below the workspace. */
const configPaths = ['pace.config.yaml', 'pace/pace.config.yaml'];
// what people write by mistake
const misspelt = [
    'pace.config.yml',
    'pace/pace.config.yml',
    '.pace.config.yaml',
    'pace.yaml',
    '.pace/pace.config.yaml',
];
async function locateConfig(cwd) {
    const found = await existing(cwd, configPaths);
    const [path, ignored] = found;
    return { ...(path === undefined ? {} : { path }), ...(ignored === undefined ? {} : { ignored }) };
}
/** For the person who has no configuration, or believes to have one. */
async function explainMissing(cwd) {
    const [nearMiss] = await existing(cwd, misspelt);
    const remedy = nearMiss === undefined
        ? 'Please run `pace init` to write one, or name it with --config.'
        : `There is ${nearMiss}: please rename it to ${configPaths[0]}, or name it with --config.`;
    return `There is no configuration: neither ${configPaths.join(' nor ')} exists in ${cwd}. ${remedy}`;
}
async function existing(cwd, paths) {
    const there = await Promise.all(paths.map((path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(cwd, path)).then(() => true, isThereAllTheSame)));
    return paths.filter((_, index) => there[index]);
}
// a file that may not be looked at must be reported when it is read, not passed over
function isThereAllTheSame(error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code !== 'ENOENT' && code !== 'ENOTDIR';
}


/***/ }),

/***/ 3764:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B3: () => (/* binding */ rangeAt),
/* harmony export */   GH: () => (/* binding */ startOf),
/* harmony export */   Pu: () => (/* binding */ keyText)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/** Where a piece of data stands in the YAML text. */

/** Start and end of the key or the value at the path; of the nearest parent's where the path leads nowhere. */
function rangeAt(document, path, part) {
    let node = document.contents;
    let range = rangeOf(node) ?? [0, 0];
    for (const [depth, step] of path.entries()) {
        const next = child(resolved(document, node), step);
        if (next === undefined)
            return range;
        const wanted = depth === path.length - 1 && part === 'key' ? rangeOf(next.key) : undefined;
        range = wanted ?? rangeOf(next.value) ?? rangeOf(next.key) ?? range;
        node = next.value;
    }
    return range;
}
function resolved(document, node) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node) ? node.resolve(document) : node;
}
function child(node, step) {
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node)) {
        const item = node.items[Number(step)];
        return item === undefined ? undefined : { key: undefined, value: item };
    }
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node))
        return undefined;
    // the last one wins, as in the data
    return node.items.findLast((pair) => keyText(pair) === String(step));
}
/** The key of a pair as text; `undefined` when it is a list or mapping. */
function keyText(pair) {
    // the parser turns the key `<<` into a symbol
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key))
        return typeof pair.key.value === 'symbol' ? pair.key.value.description : String(pair.key.value);
    return typeof pair.key === 'string' ? pair.key : undefined;
}
/** Offset of the first character of a node, if it has a place in the text and is not empty. */
function startOf(node) {
    return rangeOf(node)?.[0];
}
function rangeOf(node) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(node) || !node.range)
        return undefined;
    const [start, end] = node.range;
    return start === end ? undefined : [start, end];
}


/***/ }),

/***/ 7493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ic: () => (/* binding */ schemaProblems),
  fK: () => (/* binding */ valueAt)
});

// UNUSED EXPORTS: nameOf

// EXTERNAL MODULE: ./build/src/config/problems.js
var problems = __webpack_require__(1922);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
;// CONCATENATED MODULE: ./build/src/config/schema-shape.js
/** A zod schema as a reader sees it: sections, keys, types, defaults. Base of suggestions and of every generated file. */

function describe(schema) {
    let inner = schema;
    let optional = false;
    let fallback = {};
    let { description = '', examples } = schema.meta() ?? {};
    while (isWrapper(inner)) {
        optional ||= !(inner instanceof schemas/* ZodNullable */.l1C);
        if (inner instanceof schemas/* ZodDefault */.XiL || inner instanceof schemas/* ZodPrefault */.xgV)
            fallback = { default: inner.def.defaultValue };
        inner = inner.def.innerType;
        description ||= inner.description ?? '';
        examples ??= inner.meta()?.examples;
    }
    const example = Array.isArray(examples) ? { example: examples[0] } : {};
    return { schema: inner, optional, ...fallback, description, ...example };
}
function isWrapper(schema) {
    const wrappers = [schemas/* ZodOptional */.IiU, schemas/* ZodNullable */.l1C, schemas/* ZodDefault */.XiL, schemas/* ZodPrefault */.xgV];
    return wrappers.some((wrapper) => schema instanceof wrapper);
}
/** The keys of an object schema; none for anything else. */
function shapeOf(schema) {
    const { schema: inner } = describe(schema);
    return inner instanceof schemas/* ZodObject */.bvH ? inner.shape : {};
}
/** The schema at a path of the data; `undefined` where the schema says nothing about it. */
function schemaAt(schema, path, value) {
    const [step, ...rest] = path;
    const { schema: inner } = describe(schema);
    if (inner instanceof schemas/* ZodDiscriminatedUnion */.jvo) {
        const option = optionFor(inner, value);
        return option && schemaAt(option, path, value);
    }
    if (step === undefined)
        return inner;
    const below = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
    if (inner instanceof schemas/* ZodArray */.naA)
        return schemaAt(inner.element, rest, below);
    const shape = shapeOf(inner);
    const next = Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
    return next && schemaAt(next, rest, below);
}
function optionFor(union, value) {
    const key = union.def.discriminator;
    const word = isRecord(value) ? value[key] : undefined;
    return union.options.find((option) => shapeOf(option)[key]?.safeParse(word).success);
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./build/src/config/suggest.js
var suggest = __webpack_require__(234);
;// CONCATENATED MODULE: ./build/src/config/schema-problems.js



/** One problem per mistake; those that a fault of the YAML may have caused are left out. */
function schemaProblems(check) {
    return check.error.issues.slice(0, problems/* MAX_PROBLEMS */.aZ).flatMap((issue) => problemsOf(check, issue));
}
function problemsOf(check, issue) {
    const { yaml } = check;
    if (issue.code === 'unrecognized_keys') {
        const keys = issue.keys.slice(0, problems/* MAX_PROBLEMS */.aZ).filter((key) => yaml.isTrusted([...issue.path, key], 'key'));
        return keys.map((key) => unknownKey(check, issue.path, key));
    }
    if (!yaml.isTrusted(issue.path))
        return [];
    const value = valueAt(check.value, issue.path);
    const message = value === undefined ? missing(check, issue) : `${nameOf(issue.path)} ${wrong(issue, value, check.redact)}`;
    return [yaml.problemAt(issue.path, message)];
}
function unknownKey({ yaml, schema, value, redact }, path, key) {
    const section = schemaAt(schema, path, value);
    const known = section ? Object.keys(shapeOf(section)) : [];
    const safe = redact(key);
    const where = path.length === 0 ? '' : ` in ${nameOf(path)}`;
    const hint = (0,suggest/* didYouMean */.a)(safe, known) || elsewhere(schema, safe) || knownKeys(known);
    return yaml.problemAt([...path, key], `Unknown key \`${safe}\`${where}.${hint}`, 'key');
}
/** A known key that was written one level too high or too low. */
function elsewhere(schema, key) {
    const sections = shapeOf(schema);
    if (Object.hasOwn(sections, key))
        return ` \`${key}\` belongs at the left margin of the file.`;
    const section = Object.keys(sections).find((name) => Object.hasOwn(shapeOf(sections[name] ?? schema), key));
    return section === undefined ? '' : ` \`${key}\` belongs under \`${section}\`.`;
}
function knownKeys(known) {
    return known.length === 0 || known.length > 12 ? '' : ` Known keys: ${known.join(', ')}.`;
}
function missing({ schema, value }, issue) {
    const key = issue.path.at(-1);
    const options = allowed(issue);
    const section = schemaAt(schema, issue.path.slice(0, -1), value);
    const why = section ? describe(shapeOf(section)[String(key)] ?? schema).description : '';
    const oneOf = options.length > 0 ? ` Please write one of ${list(options)}.` : '';
    return `\`${String(key)}\` is missing${issue.path.length > 1 ? ` in ${nameOf(issue.path.slice(0, -1))}` : ''}.${oneOf}${why ? ` ${why}` : ''}`;
}
function wrong(issue, value, redact) {
    const shown = (0,problems/* show */.WU)(value, redact);
    if (value === null)
        return 'is empty. Please write a value, or remove the key.';
    const options = allowed(issue);
    if (options.length > 0) {
        const hint = typeof value === 'string' ? (0,suggest/* didYouMean */.a)(redact(value), options) : '';
        return `is ${shown}, which is not one of ${list(options)}.${hint}`;
    }
    if (issue.code === 'invalid_type')
        return `must be ${typeWords(issue.expected)}, not ${shown}.${typeHint(issue.expected, value)}`;
    if (issue.code === 'invalid_union')
        return `must be ${unionWords(issue)}, not ${shown}.`;
    if (issue.code === 'too_small')
        return tooSmall(issue, shown);
    if (issue.code === 'too_big')
        return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}, not ${shown}.`;
    if (issue.code === 'invalid_format' && issue.format === 'date')
        return `must be a date such as 2026-01-31, not ${shown}.`;
    return `${issue.message}. It is ${shown}.`;
}
function tooSmall(issue, shown) {
    if (issue.origin === 'string')
        return 'is empty. Please write a text.';
    if (issue.origin === 'array')
        return `must have at least ${issue.minimum} item${issue.minimum === 1 ? '' : 's'}.`;
    return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, not ${shown}.`;
}
function allowed(issue) {
    if (issue.code === 'invalid_value')
        return issue.values.map(String);
    if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
        return issue.options.map(String);
    return [];
}
const TYPE_WORDS = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping (`key: value` lines)',
    record: 'a mapping (`key: value` lines)',
};
function typeWords(expected) {
    return TYPE_WORDS[expected] ?? expected;
}
function unionWords(issue) {
    const expected = issue.errors.flatMap(([first]) => first?.code === 'invalid_type' ? [typeWords(first.expected)] : []);
    return [...new Set(expected)].join(', or ');
}
function typeHint(expected, value) {
    if (expected === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
        return ' Please remove the quotes.';
    if (expected === 'boolean' && typeof value === 'string' && /^(yes|no|on|off)$/i.test(value)) {
        return ` Please write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'}.`;
    }
    if (expected === 'string' && typeof value !== 'object')
        return ' Please put it in quotes.';
    if (expected === 'array')
        return ' Please begin each item with `- `.';
    return '';
}
function list(options) {
    return options.map((option) => `\`${option}\``).join(', ');
}
/** `sprint.working_days[0]`, in back-ticks. */
function nameOf(path) {
    if (path.length === 0)
        return 'The file';
    const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
    return `\`${text.replace(/^\./, '')}\``;
}
function valueAt(value, path) {
    let current = value;
    for (const step of path) {
        if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step))
            return undefined;
        current = Reflect.get(current, step);
    }
    return current;
}


/***/ }),

/***/ 234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ didYouMean)
/* harmony export */ });
/* unused harmony export nearest */
/** The candidate that was probably meant, or `undefined` when none is near. */
function nearest(word, candidates) {
    const typed = normal(word);
    const limit = Math.max(1, Math.floor(typed.length / 3));
    const ranked = candidates
        .map((candidate) => ({ candidate, distance: editDistance(typed, normal(candidate), limit) }))
        .filter(({ distance }) => distance <= limit)
        .sort((a, b) => a.distance - b.distance);
    return ranked[0]?.candidate ?? candidates.find((candidate) => beginsAlike(typed, normal(candidate)));
}
/** ` Did you mean "x"?` or nothing. */
function didYouMean(word, candidates) {
    const candidate = nearest(word, candidates);
    return candidate === undefined ? '' : ` Did you mean "${candidate}"?`;
}
// `thursday` for `thu`, `working` for `working_days`
function beginsAlike(a, b) {
    return Math.min(a.length, b.length) > 2 && (a.startsWith(b) || b.startsWith(a));
}
function normal(word) {
    return word.toLowerCase().replaceAll('-', '_');
}
/** Levenshtein, with swapped neighbours as one step; anything above `limit` may be reported as `limit + 1`. */
function editDistance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit)
        return limit + 1;
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i += 1) {
        const row = [i];
        for (let j = 1; j <= b.length; j += 1) {
            const cost = a[i - 1] === b[j - 1] ? 0 : 1;
            const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity;
            row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost, swapped));
        }
        beforeLast = last;
        last = row;
    }
    return at(last, b.length);
}
function at(row, index) {
    return row[index] ?? Number.POSITIVE_INFINITY;
}


/***/ }),

/***/ 7632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ parseYaml),
/* harmony export */   k: () => (/* binding */ readYamlFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8815);
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8913);
/* harmony import */ var _positions_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3764);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1922);
/* harmony import */ var _yaml_tree_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(734);
/** YAML files that people write, read with care: bounded, in UTF-8, one document, every fault with its place. */







const MAX_FILE_BYTES = 1024 * 1024;
/** A path as people type it: relative to the workspace where it lies inside. */
function shownPath(cwd, path) {
    const below = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(cwd, path);
    return below === '' || below.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(below) ? path : below.replaceAll('\\', '/');
}
/** Reads and parses. Throws `ConfigError` when there is nothing that could be parsed. */
async function readYamlFile(cwd, path) {
    const absolute = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, path);
    const file = (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_3__/* .plainLine */ .h0)(shownPath(cwd, absolute));
    return parseYaml(file, await readText(absolute, file));
}
async function readText(path, file) {
    const bytes = await readBytes(path, file);
    if (bytes.byteLength > MAX_FILE_BYTES)
        throw unreadable(file, 'is larger than 1 MB; that is no configuration.');
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
        throw unreadable(file, 'is written in UTF-16. Please save it as UTF-8.');
    }
    try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        if (text.includes('\0'))
            throw unreadable(file, 'is a binary file, not YAML.');
        return text;
    }
    catch (error) {
        if (error instanceof _problems_js__WEBPACK_IMPORTED_MODULE_4__/* .ConfigError */ .xL)
            throw error;
        throw unreadable(file, 'is not valid UTF-8. Please save it as UTF-8.', error);
    }
}
async function readBytes(path, file) {
    try {
        const info = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path);
        if (info.isDirectory())
            throw unreadable(file, 'is a directory. Please name the file itself.');
        if (!info.isFile())
            throw unreadable(file, 'is not a regular file.');
        if (info.size > MAX_FILE_BYTES)
            throw unreadable(file, 'is larger than 1 MB; that is no configuration.');
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path);
    }
    catch (error) {
        if (error instanceof _problems_js__WEBPACK_IMPORTED_MODULE_4__/* .ConfigError */ .xL)
            throw error;
        throw unreadable(file, READ_FAULTS[codeOf(error)] ?? `cannot be read (${codeOf(error)}).`, error);
    }
}
const READ_FAULTS = {
    ENOENT: 'does not exist. Please check the path.',
    ENOTDIR: 'does not exist: a part of its path is a file. Please check the path.',
    EACCES: 'may not be read by this user. Please check its permissions.',
    ELOOP: 'is a symbolic link that leads in a circle.',
};
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason';
}
function unreadable(file, what, cause) {
    return new _problems_js__WEBPACK_IMPORTED_MODULE_4__/* .ConfigError */ .xL([{ file, line: 1, column: 1, message: `This file ${what}` }], { cause });
}
/** Never throws: every fault is in `problems`. */
function parseYaml(file, source) {
    const text = source.replace(/^\ufeff/, '');
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_2__/* .LineCounter */ .HN();
    const problemAtOffset = (offset, message) => {
        const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)));
        return { file, line: Math.max(1, line), column: Math.max(1, col), message: (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_3__/* .plainLine */ .h0)(message) };
    };
    const parsed = parse(text, lines);
    if (parsed === undefined) {
        const message = 'This file is nested too deeply; that is no configuration.';
        return { ...parseYaml(file, ''), text, value: undefined, problems: [problemAtOffset(0, message)] };
    }
    const { document, value } = parsed;
    const faults = parsed.faults.slice(0, _problems_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_PROBLEMS */ .aZ);
    const trustedUpTo = faults.find(({ breaks }) => breaks)?.offset ?? Number.POSITIVE_INFINITY;
    return {
        ...{ file, text, document, value, problemAtOffset },
        problems: faults.map(({ offset, message }) => problemAtOffset(offset, message)),
        isTrusted: (path, part = 'value') => (0,_positions_js__WEBPACK_IMPORTED_MODULE_5__/* .rangeAt */ .B3)(document, path, part)[1] < trustedUpTo,
        problemAt: (path, message, part = 'value') => problemAtOffset((0,_positions_js__WEBPACK_IMPORTED_MODULE_5__/* .rangeAt */ .B3)(document, path, part)[0], message),
    };
}
function parse(text, lineCounter) {
    try {
        const document = (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .parseDocument */ .Tp)(text, {
            lineCounter,
            prettyErrors: false,
            merge: true,
            uniqueKeys: false,
        });
        const syntax = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
            ...(unclosedQuote(document, code, pos[0]) ?? {
                offset: pos[0],
                message: SYNTAX[code] ?? 'This is not valid YAML.',
            }),
            breaks: !HARMLESS.has(code),
        }));
        // this bounds the aliases, with a place; the parser's own `maxAliasCount` would throw without one
        const tree = (0,_yaml_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .treeFaults */ .e)(document).map((fault) => ({ ...fault, breaks: false }));
        if (tree.length > 0)
            return { document, faults: [...syntax, ...tree], value: undefined };
        return { document, faults: syntax, value: document.toJS({ maxAliasCount: -1 }) };
    }
    catch (error) {
        // deep nesting overflows the stack of the parser
        if (error instanceof RangeError)
            return undefined;
        throw error;
    }
}
/** The parser complains at the end of the file; people look for the place where the quote was opened. */
function unclosedQuote(document, code, at) {
    if (code !== 'MISSING_CHAR')
        return undefined;
    let opened;
    (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .visit */ .YR)(document, {
        Scalar(_, { type, range }) {
            if (type?.startsWith('QUOTE') && range && range[1] === at)
                opened = range[0];
        },
    });
    return opened === undefined ? undefined : { offset: opened, message: 'This quote is never closed.' };
}
const HARMLESS = new Set(['TAG_RESOLVE_FAILED', 'BAD_DQ_ESCAPE']);
// our own words: those of the parser may quote the file, and with it a secret
const SYNTAX = {
    ALIAS_PROPS: 'An alias (`*name`) can have no anchor or tag of its own.',
    BAD_ALIAS: 'This alias is incomplete; write `*name`. A text that begins with `*` needs quotes.',
    BAD_COLLECTION_TYPE: 'The tag does not fit this value. Please remove the tag.',
    BAD_DIRECTIVE: 'This `%` directive is not understood. Please remove the line.',
    BAD_DQ_ESCAPE: 'This backslash sequence is unknown. Use single quotes for text with backslashes.',
    BAD_INDENT: 'The indentation is wrong, or a bracket or quote above is not closed.',
    BAD_SCALAR_START: 'A text may not begin with this character. Please put it in quotes.',
    BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot begin here: a text that contains `: ` needs quotes.',
    BLOCK_IN_FLOW: 'A block cannot begin inside brackets: a text that contains `: ` needs quotes.',
    KEY_OVER_1024_CHARS: 'This key is too long; a quote or bracket may not be closed.',
    MISSING_CHAR: 'A character is missing here: a closing quote or bracket, a comma, or the space after a colon or dash.',
    MULTILINE_IMPLICIT_KEY: 'A key must stand on one line; a colon may be missing, or a quote not closed.',
    MULTIPLE_DOCS: 'A second document begins here (`---`). Please keep one per file.',
    RESOURCE_EXHAUSTION: 'This file is nested too deeply; that is no configuration.',
    TAB_AS_INDENT: 'A tab cannot indent YAML. Please use spaces.',
    TAG_RESOLVE_FAILED: 'Tags (`!name`) are not understood here. Please remove the tag.',
    UNEXPECTED_TOKEN: 'This was not expected here; the indentation or a quote may be wrong.',
};


/***/ }),

/***/ 734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ aliasTargets),
/* harmony export */   e: () => (/* binding */ treeFaults)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _positions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3764);
/** Faults that are valid YAML and still cannot become plain data. */


/** More aliases than this, or more values after unfolding them, is an attack or a mistake. */
const MAX_ALIASES = 1000;
const MAX_UNFOLDED = 100_000;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/** Keys and aliases that no configuration needs; with the offset of each. */
function treeFaults(document) {
    const targets = aliasTargets(document);
    const faults = [];
    (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, {
        Map(_, map) {
            for (const pair of repeatedKeys(map)) {
                const message = 'This key stands here twice. Please remove one of them.';
                faults.push({ offset: (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .startOf */ .GH)(pair.key) ?? 0, message });
            }
        },
        Pair(_, pair) {
            const message = keyFault(targets, pair);
            if (message !== undefined)
                faults.push({ offset: (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .startOf */ .GH)(pair.key) ?? (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .startOf */ .GH)(pair.value) ?? 0, message });
        },
        Alias(_, alias) {
            const message = aliasFault(targets, alias);
            if (message !== undefined)
                faults.push({ offset: (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .startOf */ .GH)(alias) ?? 0, message });
        },
    });
    if (faults.length > 0 || targets.size === 0)
        return faults;
    const small = targets.size <= MAX_ALIASES && sizeOf(targets, document.contents, new Map()) <= MAX_UNFOLDED;
    return small
        ? []
        : [{ offset: 0, message: 'The aliases (`*name`) here stand for too many values. Please write them out.' }];
}
/** What each alias stands for: the last anchor of its name above it. */
function aliasTargets(document) {
    const anchors = new Map();
    const targets = new Map();
    (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, (_, node) => {
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node))
            targets.set(node, anchors.get(node.source));
        else if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(node) && node.anchor)
            anchors.set(node.anchor, node);
    });
    return targets;
}
// the parser's own check compares each key with every other
function repeatedKeys(map) {
    const seen = new Set();
    return map.items.filter((pair) => {
        const key = (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .keyText */ .Pu)(pair);
        const repeated = seen.has(key) && key !== undefined && key !== '<<';
        seen.add(key);
        return repeated;
    });
}
function keyFault(targets, pair) {
    const key = (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .keyText */ .Pu)(pair);
    if (key === undefined)
        return 'A key must be plain text, not a list or mapping.';
    if (FORBIDDEN_KEYS.has(key))
        return `\`${key}\` cannot be a key.`;
    if (key !== '<<')
        return undefined;
    const merged = targets.get(pair.value) ?? pair.value;
    const sources = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(merged) ? merged.items : [merged];
    const allMaps = sources.every((item) => (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(targets.get(item) ?? item));
    return allMaps ? undefined : '`<<` takes a mapping, an alias of one, or a list of aliases.';
}
function aliasFault(targets, alias) {
    const target = targets.get(alias);
    if (!target)
        return 'No anchor (`&name`) of this name stands above. A text that begins with `*` needs quotes.';
    const [start, , end] = target.range ?? [0, 0, 0];
    const at = (0,_positions_js__WEBPACK_IMPORTED_MODULE_1__/* .startOf */ .GH)(alias) ?? -1;
    return start <= at && at < end ? 'This alias contains itself.' : undefined;
}
/** Values after unfolding every alias, counted once per anchor so that a bomb costs nothing. */
function sizeOf(targets, node, known) {
    const target = targets.get(node) ?? node;
    const before = known.get(target);
    if (before !== undefined)
        return before;
    const children = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(target) ? target.items.map(({ value }) => value) : (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(target) ? target.items : [];
    const size = children.reduce((sum, item) => sum + sizeOf(targets, item, known), 1);
    known.set(target, size);
    return size;
}


/***/ }),

/***/ 5823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Yq: () => (/* binding */ loadPlan),
  mg: () => (/* binding */ planDay)
});

// UNUSED EXPORTS: parsePlan, planPaths

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
// EXTERNAL MODULE: ./build/src/config/problems.js
var config_problems = __webpack_require__(1922);
// EXTERNAL MODULE: ./build/src/config/yaml-file.js
var yaml_file = __webpack_require__(7632);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
// EXTERNAL MODULE: ./build/platforms/secret-shapes.js
var secret_shapes = __webpack_require__(7226);
// EXTERNAL MODULE: ./build/src/config/schema-problems.js + 1 modules
var schema_problems = __webpack_require__(7493);
;// CONCATENATED MODULE: ./build/src/gate/plan-shapes.js
/**
 * The shapes of a plan, told apart by their keys: `days` with a `target` each, `days` with a `theme` and `stories` each, or
 * `stories` alone, one per day. Keys that nobody here knows belong to other tools and are left alone.
 */



const plan_shapes_text = schemas/* string */.YjP().nullish();
const texts = schemas/* array */.YOg(schemas/* string */.YjP()).nullish();
const flag = schemas/* boolean */.zMY().nullish();
const number = schemas/* int */.Whr().min(1).max(3660);
const story = schemas/* looseObject */._H3({
    ...{ id: plan_shapes_text, title: plan_shapes_text, status: plan_shapes_text, notes: plan_shapes_text, human_gate: flag },
    ...{ day: number.nullish(), acceptance_criteria: texts, acceptance: texts, out_of_scope: texts },
});
const dayEntry = schemas/* looseObject */._H3({
    day: schemas/* int */.Whr().min(0).max(3660).describe('The number of the day.'),
    ...{ target: plan_shapes_text, theme: plan_shapes_text, title: plan_shapes_text, gate_criterion: plan_shapes_text, human_gate: flag, notes: plan_shapes_text },
    ...{ week: schemas/* int */.Whr().nullish(), week_label: plan_shapes_text, story_branch: plan_shapes_text, issue: schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* int */.Whr()]).nullish() },
    ...{ stories: schemas/* array */.YOg(story).nullish(), acceptance: texts, acceptance_criteria: texts, out_of_scope: texts },
});
const date = iso/* date */.p6().nullish();
const planSchema = schemas/* looseObject */._H3({
    start_date: date,
    sprint: schemas/* looseObject */._H3({ goal: plan_shapes_text, start_date: date }).nullish(),
    days: schemas/* array */.YOg(dayEntry).nullish(),
    stories: schemas/* array */.YOg(story).nullish(),
});
/** The plan in neutral words, or the mistakes. */
function readPlan(yaml) {
    if (yaml.value === undefined)
        return { problems: yaml.problems };
    const value = yaml.value ?? {};
    const parsed = planSchema.safeParse(value);
    if (!parsed.success) {
        const mistakes = { yaml, schema: planSchema, value, error: parsed.error, redact: secret_shapes/* hideSecrets */.s0 };
        return { problems: [...yaml.problems, ...(0,schema_problems/* schemaProblems */.Ic)(mistakes)] };
    }
    const { start_date, sprint, days, stories } = parsed.data;
    const entries = days?.length ? days.map(fromDay) : (stories ?? []).map(fromStory);
    const gateDays = entries.filter(({ day }) => day > 0).sort((a, b) => a.day - b.day);
    const problems = [...yaml.problems, ...repeated(yaml, days?.length ? 'days' : 'stories', entries)];
    if (gateDays.length === 0)
        problems.push(yaml.problemAtOffset(0, 'This plan has no days. Please list them under `days`.'));
    const startDate = start_date ?? sprint?.start_date;
    return { plan: { ...given({ startDate, goal: sprint?.goal }), days: gateDays }, problems };
}
function repeated(yaml, key, entries) {
    const seen = new Set();
    return entries.flatMap(({ day }, index) => {
        const again = seen.has(day);
        seen.add(day);
        const path = (0,schema_problems/* valueAt */.fK)(yaml.value, [key, index, 'day']) === undefined ? [key, index] : [key, index, 'day'];
        return again ? [yaml.problemAt(path, `Day ${day} is planned twice. Please keep one of them.`)] : [];
    });
}
function fromDay(entry) {
    const stories = entry.stories ?? [];
    const ofStories = (pick) => stories.flatMap((one) => pick(one) ?? []);
    return {
        day: entry.day,
        target: entry.target ?? entry.theme ?? entry.title ?? '',
        humanGate: entry.human_gate ?? false,
        ...given({
            gateCriterion: entry.gate_criterion,
            notes: [entry.notes, ...stories.map(({ notes }) => notes)].filter(Boolean).join('\n').trim(),
            issue: entry.issue === null ? undefined : String(entry.issue ?? '').replace(/^#/, ''),
            storyBranch: entry.story_branch,
            acceptance: [...(entry.acceptance ?? entry.acceptance_criteria ?? []), ...ofStories(criteria)],
            outOfScope: [...(entry.out_of_scope ?? []), ...ofStories(({ out_of_scope }) => out_of_scope)],
            week: entry.week,
            weekLabel: entry.week_label,
        }),
    };
}
/** Stories are worked off one per day: `story-3` is day 3, one without a number takes its place in the list. */
function fromStory(entry, index) {
    const numbered = /^story-(\d{1,4})$/.exec(entry.id ?? '')?.[1];
    return {
        day: entry.day ?? Number(numbered ?? index + 1),
        target: entry.title ?? '',
        humanGate: entry.human_gate ?? false,
        ...given({ notes: entry.notes, acceptance: criteria(entry), outOfScope: entry.out_of_scope }),
    };
}
function criteria(entry) {
    return entry.acceptance_criteria ?? entry.acceptance;
}
/** Only the members that say something. */
function given(members) {
    const empty = (value) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    return Object.fromEntries(Object.entries(members).filter(([, value]) => !empty(value)));
}

;// CONCATENATED MODULE: ./build/src/gate/plan.js
/** The plan of a sprint: what each day is for. Reads every shape that PACE plans have had. */






/** Looked at in this order, below the workspace. */
const planPaths = ['pace/plan.yaml', '.pace/plan.yaml', 'plan.yaml'];
/**
 * The plan, or `undefined` when there is none. `path` is `sprint.plan` of the configuration: a file named there must exist.
 * Throws `ConfigError` with every mistake and its place.
 */
async function loadPlan(world, path) {
    const found = path ?? (await firstExisting(world.cwd));
    return found === undefined ? undefined : parsePlan(await (0,yaml_file/* readYamlFile */.k)(world.cwd, found));
}
/** The same from parsed YAML. */
function parsePlan(yaml) {
    const { plan, problems } = readPlan(yaml);
    if (!plan || problems.length > 0)
        throw new config_problems/* ConfigError */.xL(problems);
    return { file: yaml.file, ...plan };
}
/** Day N of the plan. Throws `ConfigError` when there is no such day. */
function planDay(plan, day) {
    const found = plan.days.find((candidate) => candidate.day === day);
    if (found)
        return found;
    const message = `Day ${day} is not in the plan. It has ${daysOf(plan)}. Please add the day, or judge one of these with --day.`;
    throw new config_problems/* ConfigError */.xL([{ file: plan.file, line: 1, column: 1, message }]);
}
/** `the days 1–8, 10`. */
function daysOf({ days }) {
    const runs = [];
    for (const { day } of days) {
        const last = runs.at(-1);
        if (last && last[1] + 1 === day)
            last[1] = day;
        else
            runs.push([day, day]);
    }
    const text = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
    return (0,untrusted_text/* plainLine */.h0)(days.length === 1 ? `only day ${text}` : `the days ${text}`, 200);
}
async function firstExisting(cwd) {
    for (const path of planPaths) {
        const there = await (0,promises_.stat)((0,external_node_path_.join)(cwd, path)).then(() => true, (error) => !(error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code))));
        if (there)
            return path;
    }
    return undefined;
}


/***/ })

};
