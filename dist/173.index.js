export const id = 173;
export const ids = [173];
export const modules = {

/***/ 2173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gate: () => (/* binding */ gate),
  J: () => (/* binding */ sideOf)
});

// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/git.js
var git = __webpack_require__(4523);
// EXTERNAL MODULE: ./build/platforms/index.js + 11 modules
var platforms = __webpack_require__(2002);
// EXTERNAL MODULE: ./build/src/config/load.js + 5 modules
var load = __webpack_require__(5077);
;// CONCATENATED MODULE: ./build/src/gate/report.js
const REPORT_VERSION = 1;
/** 0: the pipeline may go on. 1: it must not. */
function exitCodeOf(report, onHold) {
    return report.decision === 'HOLD' && report.mode === 'enforce' && onHold === 'fail' ? 1 : 0;
}

// EXTERNAL MODULE: ./build/platforms/advisory.js
var advisory = __webpack_require__(6860);
// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
;// CONCATENATED MODULE: ./build/src/gate/backlog.js
/** The list of open advisories, `.pace/advisory_backlog.yaml`: what is new, what is resolved. Pure. */

/**
 * The backlog after a day's readings. A finding is recognised by its text, whenever it was raised; one that comes back is
 * opened again. An open item is cleared when its source was read whole and does not mention it any more: standing evidence on
 * any day, an agent's report only on a clearance day and only when it raises nothing at all. What a person closed is cleared
 * unless it was found again.
 */
function updateBacklog(options) {
    const { readings, day, closedByPeople = [] } = options;
    const raised = readings.flatMap(({ source, findings }) => findings.filter(({ result }) => result === 'ADVISORY').map(({ check }) => ({ agent: source, finding: check })));
    const isRaised = (item) => raised.some((found) => sameFinding(found, item));
    const kept = options.items.map((item) => {
        if (isRaised(item))
            return { ...item, status: 'open' };
        const resolved = closedByPeople.includes(item.id) || isResolved(item, readings, options.clearanceDay);
        return item.status === 'open' && resolved ? { ...item, status: 'cleared' } : item;
    });
    const fresh = [];
    for (const found of raised) {
        if ([...kept, ...fresh].some((item) => sameFinding(found, item)))
            continue;
        const id = `${(0,advisory/* agentName */.Lp)(found.agent)}-day${day}-${kept.length + fresh.length + 1}`;
        fresh.push({ id, day_raised: day, ...found, status: 'open' });
    }
    const before = new Map(options.items.map((item) => [item.id, item.status]));
    const changedTo = (status) => kept.filter((item) => item.status === status && before.get(item.id) !== status);
    return { items: [...kept, ...fresh], added: [...changedTo('open'), ...fresh], cleared: changedTo('cleared') };
}
function sameFinding(a, b) {
    return a.finding === b.finding && (0,advisory/* agentName */.Lp)(a.agent) === (0,advisory/* agentName */.Lp)(b.agent);
}
function isResolved(item, readings, clearanceDay) {
    const reading = readings.find(({ source }) => (0,advisory/* agentName */.Lp)(source) === (0,advisory/* agentName */.Lp)(item.agent));
    if (!reading?.complete)
        return false;
    const stillFails = reading.findings.some(({ check, result }) => check === item.finding && result === 'FAIL');
    if (reading.standing)
        return !stillFails;
    return clearanceDay && reading.findings.every(({ result }) => result === 'PASS' || result === 'PARTIAL');
}
function openItems(items) {
    return items.filter(({ status }) => status === 'open');
}

// EXTERNAL MODULE: ./build/src/gate/findings-table.js
var findings_table = __webpack_require__(5702);
;// CONCATENATED MODULE: ./build/src/gate/act.js
/** What is done about a decision. Every step may fail on its own; what was not delivered is listed. */





const NOTHING = { escalation: { key: '', url: '' }, reviewUrl: '', advisoryUrl: '', pending: [] };
async function act(parts, judged) {
    if (parts.dryRun)
        return NOTHING;
    if (parts.config.gate.mode === 'observe') {
        const { pending, delivered } = deliveries();
        delivered('setCommitStatus', await setStatus(parts, judged, ''));
        return { ...NOTHING, pending };
    }
    const { pending, delivered } = deliveries();
    const escalation = await settleEscalation(parts, judged, delivered);
    const advisoryUrl = await settleAdvisories(parts, judged, delivered);
    const reviewUrl = await askForReview(parts, judged, delivered);
    await settleStory(parts, judged, delivered);
    delivered('setCommitStatus', await setStatus(parts, judged, escalation.url));
    return { escalation, reviewUrl, advisoryUrl, pending };
}
/** Collects what should have been delivered and was not: an empty or false answer of an adapter. */
function deliveries() {
    const pending = [];
    return {
        pending,
        delivered: (operation, result) => {
            if (result === '' || result === false)
                pending.push({ operation, reason: 'see the faults of this run' });
        },
    };
}
/** Opens or refreshes on a HOLD whose retries are used up, closes on a SHIP, and leaves it alone when PACE could not judge. */
async function settleEscalation(parts, judged, delivered) {
    const { config, gateDay, trackerAdapter, ciAdapter, sha, attempt, state } = parts;
    const { day } = gateDay;
    const remembered = (await state.decision(day))?.escalation?.key;
    const rememberedKey = remembered ? { rememberedKey: String(remembered) } : {};
    if (judged.decision === 'SHIP') {
        delivered('resolveEscalation', await trackerAdapter.resolveEscalation({ day, sha, ...rememberedKey }));
        return NOTHING.escalation;
    }
    if (judged.decision === 'UNKNOWN' || attempt <= config.gate.retries)
        return NOTHING.escalation;
    const url = await trackerAdapter.openEscalationIssue({
        day,
        dayDir: state.dayDir(day),
        holdReason: judged.reason,
        sha,
        report: (0,findings_table/* findingsMarkdown */.O9)((0,findings_table/* ordered */.Sj)(judged.findings)),
        jobUrl: await ciAdapter.jobUrl(),
        ...rememberedKey,
    });
    delivered('openEscalationIssue', url);
    if (config.pause.by !== 'issue')
        delivered('setVariable', await ciAdapter.setVariable('PACE_PAUSED', 'true'));
    const key = url === '' ? '' : ((await trackerAdapter.escalationOf(day))?.key ?? '');
    return { key, url };
}
async function settleAdvisories(parts, { backlog }, delivered) {
    const { config, gateDay, trackerAdapter } = parts;
    if (!config.advisory.push_to_issues || !backlog)
        return '';
    if (backlog.cleared.length > 0) {
        const ids = backlog.cleared.map(({ id }) => id);
        delivered('clearAdvisoryItems', await trackerAdapter.clearAdvisoryItems({ ids }));
    }
    let last = '';
    for (const [agent, items] of byAgent(backlog.added)) {
        const url = await trackerAdapter.pushAdvisoryItems({ day: gateDay.day, agent, items });
        delivered('pushAdvisoryItems', url);
        last = url || last;
    }
    return last;
}
function byAgent(items) {
    return Map.groupBy(items, ({ agent }) => (0,advisory/* agentName */.Lp)(agent));
}
async function askForReview(parts, judged, delivered) {
    const { config, gateDay, ciAdapter, state, sha } = parts;
    if (!gateDay.humanGate || judged.decision !== 'SHIP')
        return '';
    const url = await ciAdapter.openReviewPr({
        day: gateDay.day,
        paceDir: state.dir,
        sha,
        contextNote: gateDay.contextNote,
        openAdvisories: openItems(judged.backlog?.items ?? []),
        reviewers: config.review.reviewers,
    });
    delivered('openReviewPr', url);
    return url;
}
/** The day's story and the plan's issue, where there are any, are done with the day. */
async function settleStory({ gateDay, state, trackerAdapter }, judged, delivered) {
    if (judged.decision !== 'SHIP')
        return;
    const { day, planIssue } = gateDay;
    const dayDir = state.dayDir(day);
    if (await state.hasStoryTicket(day)) {
        delivered('updateStoryStatus', await trackerAdapter.updateStoryStatus({ day, dayDir, status: 'done' }));
        await trackerAdapter.postHandoffComment({ day, dayDir });
    }
    if (planIssue)
        delivered('closePlanIssue', await trackerAdapter.closePlanIssue(planIssue));
}
/** `true` as well where there is no commit, or the host has no commit statuses. */
async function setStatus(parts, judged, url) {
    const { ciAdapter, sha } = parts;
    const faultsBefore = ciAdapter.faults.length;
    if (sha !== '')
        await ciAdapter.setCommitStatus(sha, statusOf(parts, judged, url || (await ciAdapter.jobUrl())));
    return ciAdapter.faults.length === faultsBefore;
}
/** Green exactly when the pipeline may go on. */
function statusOf({ config, gateDay }, { decision, reason }, url) {
    const passes = exitCodeOf({ decision, mode: config.gate.mode }, config.gate.on_hold) === 0;
    const why = reason ? `: ${(0,untrusted_text/* plainLine */.h0)(reason)}` : '';
    return {
        context: config.gate.status_context,
        state: passes ? 'success' : 'failure',
        description: `Day ${gateDay.day} ${decision}${why}`,
        ...(/^https?:/.test(url) ? { url } : {}),
    };
}

// EXTERNAL MODULE: ./build/src/gate/decide.js
var decide = __webpack_require__(3493);
// EXTERNAL MODULE: ./build/platforms/settled-checks.js
var settled_checks = __webpack_require__(2138);
;// CONCATENATED MODULE: ./build/src/gate/evidence/ci.js


const CI_SOURCE = 'ci';
const RESULT_OF = { hold: 'FAIL', advisory: 'ADVISORY', ship: 'PASS' };
function readCi(result, rules) {
    return {
        source: CI_SOURCE,
        findings: findingsOf(result, rules),
        complete: !result.fault && (result.conclusion === 'success' || result.conclusion === 'failure'),
        standing: true,
    };
}
function findingsOf(result, rules) {
    const { conclusion, fault, checks, url } = result;
    if (fault)
        return [finding('commit CI', 'UNKNOWN', `${fault.message} ${fault.remedy}`, url)];
    if (conclusion === 'success')
        return [finding('commit CI', 'PASS', counted(checks), url)];
    if (conclusion === 'failure')
        return failures(result, rules);
    const proof = {
        no_runs: 'No check or status was found for the commit.',
        cancelled: `${(0,untrusted_text/* plainLine */.h0)(result.name, 100)} was cancelled and not run again.`,
        timeout: `After ${rules.timeout_minutes} minutes not ended: ${awaited(checks, rules).slice(0, 10).join(', ')}.`,
    }[conclusion];
    const check = { no_runs: 'no CI found', cancelled: 'CI cancelled', timeout: 'CI not ended in time' }[conclusion];
    return [finding(check, RESULT_OF[rules.on[conclusion]], proof, url)];
}
/** What was still running, and what was expected and had not come. */
function awaited(checks, { expected }) {
    const running = checks.filter(({ state }) => state === 'pending' || state === 'unknown').map(({ name }) => name);
    const missing = expected.filter((pattern) => !checks.some(({ name }) => (0,settled_checks/* nameMatcher */.MH)([pattern])(name)));
    const names = [...running, ...missing.map((name) => `${name} (never came)`)];
    return names.length > 0 ? names.map((name) => (0,untrusted_text/* plainLine */.h0)(name, 80)) : ['late checks'];
}
function failures({ checks }, rules) {
    const words = { skippedPasses: rules.skipped === 'pass', neutralPasses: rules.neutral === 'pass' };
    return checks
        .filter((check) => !check.optional && (0,settled_checks/* countsAsFailure */.rp)(check, words))
        .map((check) => finding((0,untrusted_text/* plainLine */.h0)(check.name, 200), 'FAIL', `Ended as ${(0,untrusted_text/* plainLine */.h0)(check.vendorState, 60)}.`, check.url));
}
function counted(checks) {
    const ended = checks.filter(({ state }) => state !== 'blocked');
    const allowed = ended.filter(({ optional, state }) => optional && state === 'failure').length;
    return `${ended.length} ${ended.length === 1 ? 'check' : 'checks'} passed${allowed > 0 ? ` (${allowed} of them failed, which is allowed)` : ''}.`;
}
function finding(check, result, evidence, url) {
    return { source: CI_SOURCE, check, result, evidence, ...(/^https?:\/\//.test(url) ? { url } : {}) };
}

// EXTERNAL MODULE: ./build/src/gate/evidence/finding-text.js
var finding_text = __webpack_require__(1844);
;// CONCATENATED MODULE: ./build/src/gate/evidence/index.js
/** Every source of evidence but the commit's own checks. */



// literal imports, so that the bundle loads only the parsers that a run uses
const readers = {
    junit: async () => (await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(800), __webpack_require__.e(151)]).then(__webpack_require__.bind(__webpack_require__, 9151))).readJunit,
    sarif: async () => (await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(361), __webpack_require__.e(161)]).then(__webpack_require__.bind(__webpack_require__, 5161))).readSarif,
    coverage: async () => (await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(800), __webpack_require__.e(361), __webpack_require__.e(839)]).then(__webpack_require__.bind(__webpack_require__, 3839))).readCoverage,
    command: async () => (await __webpack_require__.e(/* import() */ 747).then(__webpack_require__.bind(__webpack_require__, 5747))).readCommand,
    report: async () => (await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(361), __webpack_require__.e(245)]).then(__webpack_require__.bind(__webpack_require__, 7245))).readReport,
    checklist: async () => (await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(361), __webpack_require__.e(993)]).then(__webpack_require__.bind(__webpack_require__, 3993))).readChecklist,
};
/**
 * Reads all sources at once; the readings come in the order of the configuration. What is wrong with evidence is a finding of
 * its reader; an exception is PACE's own fault, and becomes a finding `UNKNOWN` of that source alone.
 */
function readEvidence(configs, context) {
    return Promise.all(configs.map((config) => readOrExplain(config, context)));
}
async function readOrExplain(config, context) {
    try {
        return await read(readers, config.type, config, context);
    }
    catch (error) {
        const evidence = context.signal?.aborted ? 'This run of the gate was stopped.' : explain(error, config, context);
        return {
            source: config.name,
            findings: [{ source: config.name, check: 'could be read', result: 'UNKNOWN', evidence }],
            complete: false,
            standing: false,
        };
    }
}
function explain(error, { name, type }, { world }) {
    world.log.debug(`${name}: ${(0,untrusted_text/* plainLine */.h0)(error instanceof Error ? (error.stack ?? error.message) : String(error), 2_000)}`);
    const { message, remedy } = (0,errors/* asPaceError */.Qd)(error);
    return (0,finding_text/* proofText */.Qw)(`PACE could not read ${name} (${type}): ${message}\n${remedy}`);
}
async function read(all, type, config, context) {
    const reader = await all[type]();
    return reader(config, context);
}

;// CONCATENATED MODULE: ./build/src/gate/pause.js
const VARIABLE = 'PACE_PAUSED';
/** The first thing that pauses this day; `undefined` when nothing does. A tracker that cannot be asked does not pause. */
async function whyPaused(parts) {
    const { outside } = parts.gateDay;
    if (outside)
        return { reason: outside };
    return (await byVariable(parts)) ?? (await byEscalation(parts)) ?? (await byReview(parts));
}
async function byVariable({ world, config, ciAdapter }) {
    const reason = `${VARIABLE} is true. To resume, set it to false.`;
    if (isTrue(world.env[VARIABLE]))
        return { reason };
    if (config.pause.by === 'issue')
        return undefined;
    return isTrue(await ciAdapter.getVariable(VARIABLE)) ? { reason } : undefined;
}
async function byEscalation({ config, trackerAdapter, gateDay }) {
    if (config.pause.by === 'variable' || config.gate.mode === 'observe')
        return undefined;
    const open = await trackerAdapter.openEscalation({ before: gateDay.day });
    if (!open)
        return undefined;
    const reason = `Day ${open.day} is held by issue ${open.key}. To resume, run day ${open.day} until it ships, or close that issue.`;
    return { reason, escalation: { key: open.key, url: open.url } };
}
/** A review request that a person closed without merging; one that is still open does not pause. */
async function byReview({ world, ciAdapter, gateDay, config }) {
    const last = gateDay.lastHumanGate;
    if (last === undefined || config.gate.mode === 'observe' || world.env[VARIABLE] === 'false')
        return undefined;
    const review = await ciAdapter.reviewState(last);
    if (review?.state !== 'closed')
        return undefined;
    const reason = `The review of day ${last} was closed without merging. To resume, reopen and merge it, or set ${VARIABLE} to false.`;
    return { reason, review };
}
function isTrue(value) {
    return value?.trim().toLowerCase() === 'true';
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/day-files.js
var day_files = __webpack_require__(331);
// EXTERNAL MODULE: ./build/platforms/guard.js
var guard = __webpack_require__(4082);
// EXTERNAL MODULE: ./build/platforms/write-whole.js
var write_whole = __webpack_require__(7202);
// EXTERNAL MODULE: ./build/src/gate/day.js
var gate_day = __webpack_require__(8859);
// EXTERNAL MODULE: ./build/src/gate/summary.js
var gate_summary = __webpack_require__(1381);
;// CONCATENATED MODULE: ./build/src/gate/progress.js
/** `PROGRESS.md` at the root: the sprint at a glance, in PACE's established layout. Pure. */


const TITLE_END = '— PACE Sprint Progress';
function progressMarkdown(input) {
    const { metrics, records } = input;
    return [
        `# ${(0,untrusted_text/* inlineMarkdown */.x)(input.product, 200)} ${TITLE_END}`,
        [
            `**Started:** ${input.started || 'N/A'}  `,
            `**Last updated:** ${input.updated}  `,
            `**Target:** ${input.target || 'N/A'}`,
        ].join('\n'),
        '## Summary',
        [
            '| Metric | Value |',
            '| --- | --- |',
            ...(0,gate_summary/* metricRows */.IN)(metrics).map(([name, value]) => `| ${name} | ${value} |`),
        ].join('\n'),
        '## Day Log',
        [
            '| Day | Story | Decision | Notes |',
            '| --- | --- | --- | --- |',
            ...records.map((record) => row(record, input.targets)),
        ].join('\n'),
        '## Weekly Breakdown',
        ...weeks(records),
        '',
    ].join('\n\n');
}
function row({ day, decision, reason }, targets) {
    const icon = Object.hasOwn(gate_summary/* DECISION_ICONS */.Wb, decision)
        ? `${gate_summary/* DECISION_ICONS */.Wb[decision]} `
        : '';
    return `| ${day} | ${(0,untrusted_text/* inlineMarkdown */.x)(targets.get(day) ?? '', 200)} | ${icon}${(0,untrusted_text/* inlineMarkdown */.x)(decision, 20)} | ${(0,untrusted_text/* inlineMarkdown */.x)(reason, 200)} |`;
}
function weeks(records) {
    const byWeek = Map.groupBy(records, ({ day }) => Math.max(1, Math.ceil(day / 7)));
    return [...byWeek].flatMap(([week, days]) => {
        const shipped = days.filter(({ decision }) => decision === 'SHIP').length;
        return [`### Week ${week}`, `${shipped} of ${days.length} decided days shipped.`];
    });
}
/** Whether this file was written by PACE and may be written again. */
function isProgressFile(text) {
    return text.split('\n', 1)[0]?.endsWith(TITLE_END) ?? false;
}

;// CONCATENATED MODULE: ./build/src/gate/sprint-metrics.js
/** The five numbers of a sprint, from what `.pace/` knows. */

/** Every decided day up to the given one, this run's own in place of what was stored. */
async function dayRecords(state, present) {
    const days = [...new Set([...(await state.decidedDays()), present.day])].sort((a, b) => a - b);
    return Promise.all(days.map(async (day) => {
        const known = day === present.day ? present : await state.decision(day);
        const gate = await (0,day_files/* readDayMap */.FQ)(state.dayDir(day), 'gate');
        return {
            day,
            decision: String(known?.decision ?? 'UNKNOWN'),
            reason: String(known?.holdReason ?? ''),
            deferred: (0,day_files/* listOf */.c3)(gate['deferred']).length,
        };
    }));
}
function sprintMetrics(records, totalDays, openAdvisories) {
    const count = (decision) => records.filter((record) => record.decision === decision).length;
    const shipped = count('SHIP');
    const held = count('HOLD');
    return {
        totalDays,
        daysComplete: shipped,
        decided: shipped + held,
        shipped,
        held,
        deferred: records.reduce((sum, { deferred }) => sum + deferred, 0),
        openAdvisories,
    };
}

;// CONCATENATED MODULE: ./build/src/gate/publish.js
/** Makes a report known: files under `.pace/`, PROGRESS.md, the job summary. What fails becomes a fault, never an error. */










async function publish(parts, { report, backlog }) {
    const { world, state, ciAdapter, config, gateDay } = parts;
    const { guarded, faults } = (0,guard/* createGuard */.o)(world);
    const records = await dayRecords(state, report);
    const metrics = sprintMetrics(records, gateDay.totalDays, openItems(backlog ?? []).length);
    const summary = (0,gate_summary/* summaryMarkdown */.eH)({
        report,
        metrics,
        story: await (0,day_files/* readDayMap */.FQ)(state.dayDir(report.day), 'story'),
        runTime: `${(0,gate_day/* dateAndTime */.bm)(world.now(), config.reporter.timezone)} ${config.reporter.timezone}`,
    });
    if (report.decision !== 'PAUSED')
        await ciAdapter.postDailySummary({ day: report.day, report });
    if (!report.dryRun) {
        await guarded('saveDecision', undefined, () => save(parts, { report, backlog }));
        await guarded('writeProgress', undefined, () => writeProgress(parts, report, records, metrics));
        await ciAdapter.writeJobSummary(summary);
        if (config.reporter.change_note)
            await ciAdapter.writeChangeNote(summary);
    }
    const known = new Set(report.faults);
    const fresh = [...ciAdapter.faults, ...faults].filter((fault) => !known.has(fault));
    const requests = world.traffic.report();
    return { report: { ...report, faults: [...report.faults, ...fresh], requests }, summary };
}
/** A paused day has not been decided: the decision of an earlier run of that day stays. */
async function save({ state }, { report, backlog }) {
    if (report.decision === 'PAUSED')
        return;
    await state.save(report, backlog);
    if (report.escalation.url)
        await state.markEscalated(report.day);
}
async function writeProgress({ world, config, gateDay }, report, records, metrics) {
    if (report.decision === 'PAUSED')
        return;
    const path = (0,external_node_path_.join)(world.cwd, 'PROGRESS.md');
    const before = await (0,promises_.readFile)(path, 'utf8').catch(() => '');
    if (before !== '' && !isProgressFile(before)) {
        world.log.warn('PROGRESS.md was not written by PACE and is left as it is.');
        return;
    }
    const text = progressMarkdown({
        product: config.product.name,
        started: gateDay.startDate,
        updated: report.date,
        target: gateDay.target,
        metrics,
        records,
        targets: gateDay.targets,
    });
    if (text !== before)
        await (0,write_whole/* writeWhole */.f)(path, text);
}

;// CONCATENATED MODULE: ./build/src/gate/run.js
/** A gate run: gather evidence, decide, act, report. The decision is pure; what is done about it is `act.ts`. */









/** Added to the longest wait for CI: what the rest of a run may take. */
const REST_OF_RUN_MINUTES = 10;
/** A job's token lives six hours on GitHub; the end of a run still needs it. */
const LONGEST_RUN_MINUTES = 345;
async function runGate(run) {
    const { world, config } = run;
    const minutes = Math.min(config.ci.timeout_minutes + REST_OF_RUN_MINUTES, LONGEST_RUN_MINUTES);
    world.traffic.deadline = world.now() + minutes * 60_000;
    const parts = partsOf(run);
    return publish(parts, await judgeAndAct(parts));
}
async function judgeAndAct(parts) {
    const paused = await whyPaused(parts);
    if (paused)
        return { report: pausedReport(parts, paused), backlog: undefined };
    const judged = await judge(parts);
    const acts = await act(parts, judged);
    return { report: reportOf(parts, judged, acts), backlog: judged.backlog?.items };
}
function partsOf(run) {
    const every = run.config.gate.clearance_every;
    return {
        ...run,
        ciAdapter: (0,platforms/* getCiAdapter */.mz)(run.world, run.ci, { statusContext: run.config.gate.status_context }),
        trackerAdapter: (0,platforms/* getTrackerAdapter */.cn)(run.world, run.tracker, { repository: run.repository }),
        clearanceDay: every > 0 && run.gateDay.day % every === 0,
    };
}
async function judge(parts) {
    const { config, gateDay, sha, clearanceDay } = parts;
    const [ci, readings] = await Promise.all([waitForCi(parts), readAll(parts)]);
    const all = ci ? [readCi(ci, config.ci), ...readings] : readings;
    parts.signal?.throwIfAborted();
    const { backlog, faults } = await changedBacklog(parts, all);
    const findings = all.flatMap((reading) => reading.findings);
    if (backlog === undefined && clearanceDay)
        findings.push(unreadableBacklog(faults));
    if (all.length === 0)
        findings.push(NOTHING_TO_JUDGE);
    const decided = (0,decide/* decide */.L)({
        findings,
        openAdvisories: openItems(backlog?.items ?? []).length,
        clearanceDay,
        waivers: config.waivers,
        sha,
        date: gateDay.date,
        onUnknown: config.gate.on_unknown,
    });
    const coverage = Object.fromEntries(readings.flatMap(({ source, coverage }) => (coverage === undefined ? [] : [[source, coverage]])));
    return { ...decided, ci, coverage, backlog, faults };
}
const NOTHING_TO_JUDGE = {
    source: 'gate',
    check: 'evidence',
    result: 'UNKNOWN',
    evidence: 'Neither commit CI nor any other evidence is configured: there is nothing to judge.',
};
function unreadableBacklog(faults) {
    const evidence = faults.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
    return { source: 'gate', check: 'advisory backlog', result: 'UNKNOWN', evidence };
}
async function waitForCi({ config, ciAdapter, sha, signal }) {
    const { ci } = config;
    if (!ci.enabled)
        return undefined;
    return ciAdapter.waitForCommitCi({
        sha,
        timeoutMinutes: ci.timeout_minutes,
        pollInterval: ci.poll_interval_seconds,
        rules: {
            graceSeconds: ci.grace_seconds,
            settleSeconds: ci.settle_seconds,
            expected: ci.expected,
            ignored: ci.ignore,
            skippedPasses: ci.skipped === 'pass',
            neutralPasses: ci.neutral === 'pass',
        },
        ...(signal ? { signal } : {}),
    });
}
async function readAll({ world, config, gateDay, sha, state, secretNames, signal, }) {
    if (config.evidence.length === 0)
        return [];
    const baseline = await lastShippedCoverage(state, gateDay.day);
    return readEvidence(config.evidence, {
        world,
        day: gateDay.day,
        sha,
        baseline,
        secretNames,
        ...(signal ? { signal } : {}),
    });
}
async function lastShippedCoverage(state, day) {
    for (const earlier of (await state.decidedDays()).filter((decided) => decided < day).reverse()) {
        const known = await state.decision(earlier);
        if (known?.decision === 'SHIP' && known.coverage)
            return known.coverage;
    }
    return {};
}
async function changedBacklog(parts, readings) {
    const { state, gateDay, clearanceDay, config, trackerAdapter } = parts;
    try {
        const items = await state.backlog();
        const asks = clearanceDay && config.advisory.push_to_issues && openItems(items).length > 0;
        const closedByPeople = asks ? await trackerAdapter.advisoryItemsClosedByPeople() : [];
        return { backlog: updateBacklog({ items, readings, day: gateDay.day, clearanceDay, closedByPeople }), faults: [] };
    }
    catch (error) {
        const fault = {
            operation: 'readBacklog',
            message: String(error instanceof Error ? error.message : error),
            remedy: remedyOf(error),
        };
        return { backlog: undefined, faults: [fault] };
    }
}
function remedyOf(error) {
    return typeof error === 'object' && error !== null && 'remedy' in error ? String(error.remedy) : '';
}
function base({ config, repository, gateDay, attempt, sha, dryRun, clearanceDay, notes }) {
    return {
        schemaVersion: REPORT_VERSION,
        product: config.product.name,
        repository,
        day: gateDay.day,
        date: gateDay.date,
        attempt,
        sha,
        mode: config.gate.mode,
        dryRun,
        humanGate: gateDay.humanGate,
        clearanceDay,
        notes: [...gateDay.notes, ...notes],
    };
}
function pausedReport(parts, { reason, escalation, review }) {
    return {
        ...base(parts),
        decision: 'PAUSED',
        holdReason: reason,
        findings: [],
        ci: { conclusion: 'not_asked', url: '', checks: [] },
        escalation: escalation ?? { key: '', url: '' },
        review: { url: review?.url ?? '' },
        advisories: { open: 0, new: 0, cleared: 0, url: '' },
        coverage: {},
        faults: [...parts.ciAdapter.faults, ...parts.trackerAdapter.faults],
        pending: [],
        requests: parts.world.traffic.report(),
    };
}
function reportOf(parts, judged, acts) {
    const { ci, backlog } = judged;
    return {
        ...base(parts),
        decision: judged.decision,
        holdReason: judged.reason,
        findings: judged.findings,
        ci: {
            conclusion: ci?.conclusion ?? 'not_asked',
            url: ci?.url ?? '',
            checks: (ci?.checks ?? []).map(({ name, state, url, optional }) => ({ name, state, url, optional })),
        },
        escalation: acts.escalation,
        review: { url: acts.reviewUrl },
        advisories: {
            open: openItems(backlog?.items ?? []).length,
            new: backlog?.added.length ?? 0,
            cleared: backlog?.cleared.length ?? 0,
            url: acts.advisoryUrl,
        },
        coverage: judged.coverage,
        faults: [...judged.faults, ...parts.ciAdapter.faults, ...parts.trackerAdapter.faults],
        pending: acts.pending,
        requests: parts.world.traffic.report(),
    };
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/src/gate/state.js
/** What PACE keeps between runs, under `.pace/`. Files are written whole or not at all. */





function createState(cwd) {
    const dir = (0,external_node_path_.join)(cwd, '.pace');
    const dayDir = (day) => (0,external_node_path_.join)(dir, `day-${day}`);
    const backlogFile = (0,external_node_path_.join)(dir, 'advisory_backlog.yaml');
    async function attempts(day) {
        const list = await readYaml((0,external_node_path_.join)(dayDir(day), 'attempts.yaml'));
        return Array.isArray(list) ? list : [];
    }
    return {
        dir,
        dayDir,
        attempts,
        decision: async (day) => asMap(await readYaml((0,external_node_path_.join)(dayDir(day), 'decision.yaml'))),
        decidedDays: async () => {
            const names = await (0,promises_.readdir)(dir).catch(() => []);
            const days = names.map((name) => Number(/^day-(\d+)$/.exec(name)?.[1] ?? Number.NaN)).filter(Number.isInteger);
            const decided = [];
            for (const day of days.sort((a, b) => a - b)) {
                if (asMap(await readYaml((0,external_node_path_.join)(dayDir(day), 'decision.yaml'))))
                    decided.push(day);
            }
            return decided;
        },
        backlog: async () => {
            const list = await readYaml(backlogFile);
            if (list === undefined || list === null)
                return [];
            if (Array.isArray(list) && list.every(isBacklogItem))
                return list;
            throw new errors/* PaceError */.qw({
                kind: 'validation',
                message: `${backlogFile} is not a list of advisories.`,
                remedy: 'Please restore it from version control, or remove it to start with an empty backlog.',
                operation: 'readBacklog',
            });
        },
        save: async (report, backlog) => {
            const folder = dayDir(report.day);
            await (0,write_whole/* writeWhole */.f)((0,external_node_path_.join)(folder, 'decision.yaml'), (0,dist/* stringify */.As)(report, { lineWidth: 0 }));
            const others = (await attempts(report.day)).filter(({ run }) => run !== report.attempt);
            await (0,write_whole/* writeWhole */.f)((0,external_node_path_.join)(folder, 'attempts.yaml'), (0,dist/* stringify */.As)([...others, attemptOf(report)]));
            if (backlog)
                await (0,write_whole/* writeWhole */.f)(backlogFile, (0,dist/* stringify */.As)(backlog, { lineWidth: 0 }));
        },
        hasStoryTicket: async (day) => (await readYaml((0,external_node_path_.join)(dayDir(day), 'story-ticket.yaml'))) !== undefined,
        markEscalated: (day) => (0,write_whole/* writeWhole */.f)((0,external_node_path_.join)(dayDir(day), 'escalated'), ''),
    };
}
function attemptOf(report) {
    const hold_reason = report.holdReason.slice(0, 120).toWellFormed();
    return { run: report.attempt, date: report.date, cost_usd: 0, outcome: report.decision, hold_reason };
}
/** The file's data, or `undefined` when it is not there or no YAML. */
async function readYaml(path) {
    try {
        return (0,dist/* parse */.qg)(await (0,promises_.readFile)(path, 'utf8'), { maxAliasCount: 100 });
    }
    catch {
        return undefined;
    }
}
function asMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
function isBacklogItem(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { id, agent, finding, status } = value;
    return [id, agent, finding].every((text) => typeof text === 'string') && (status === 'open' || status === 'cleared');
}

;// CONCATENATED MODULE: ./build/src/gate/day-number.js
/** The number of a day as people and programs write it: flag, input, `PACE_DAY`. */

/** Ten years of days: anything above is a slip of the finger. */
const MAX_DAY = 3660;
/** `source` says where the text comes from: `--day`, `PACE_DAY`. */
function parseDay(text, source) {
    const written = text.trim();
    const invalid = (why) => ({
        kind: 'invalid',
        message: `${source} ${why} Please give the number of a day, for instance 3.`,
    });
    if (written === '')
        return invalid('is empty.');
    if (!/^\d+$/.test(written))
        return invalid(`is "${(0,untrusted_text/* plainLine */.h0)(written, 40)}", which is not a whole number from 1.`);
    const day = Number(written);
    if (day > MAX_DAY)
        return invalid(`is ${(0,untrusted_text/* plainLine */.h0)(written, 40)}; no sprint has more than ${MAX_DAY} days.`);
    if (day > 0)
        return { kind: 'day', day };
    return {
        kind: 'planning',
        message: `${source} is 0: that is the planning day, and there is nothing to judge yet. The first gate day is 1.`,
    };
}

// EXTERNAL MODULE: ./build/src/gate/plan.js + 1 modules
var gate_plan = __webpack_require__(5823);
;// CONCATENATED MODULE: ./build/src/gate/which-day.js
/** Which day this run is about, and what the plan says of it. */




/**
 * @param given the day as a person or a variable names it; without it the calendar decides
 * Throws `PaceError` for a day that is none, that the plan does not know, or that nothing tells.
 */
async function whichDay(options) {
    const { world, config, state, given } = options;
    const plan = await (0,gate_plan/* loadPlan */.Yq)(world, config.sprint.plan);
    const calendar = calendarOf(config, plan);
    const timeZone = calendar?.timeZone ?? timeZoneOf(config);
    const totalDays = plan ? Math.max(0, ...plan.days.map(({ day }) => day)) : config.sprint.duration_days;
    const chosen = given
        ? { day: namedDay(given, plan, totalDays), notes: [] }
        : await byCalendar({ calendar, now: world.now(), plan, totalDays, state });
    return {
        ...chosen,
        ...plannedFor(chosen.day, plan),
        date: (0,gate_day/* calendarDate */.bO)(world.now(), timeZone),
        totalDays,
        startDate: calendar ? (0,gate_day/* dateOfDay */.e9)(calendar, 1) : '',
    };
}
function timeZoneOf({ sprint, reporter }) {
    return sprint.timezone ?? reporter.timezone;
}
function calendarOf(config, plan) {
    const { sprint } = config;
    const startDate = sprint.start_date ?? plan?.startDate;
    if (startDate === undefined)
        return undefined;
    return { startDate, timeZone: timeZoneOf(config), workingDays: sprint.working_days, holidays: sprint.holidays };
}
function namedDay(given, plan, totalDays) {
    const parsed = parseDay(given.text, given.source);
    if (parsed.kind !== 'day')
        throw wrongDay(parsed.message, '');
    if (plan)
        return (0,gate_plan/* planDay */.mg)(plan, parsed.day).day;
    if (parsed.day > totalDays) {
        const remedy = 'Please name an earlier day, or set `sprint.duration_days` higher.';
        throw wrongDay(`Day ${parsed.day} is after the end of the sprint, which has ${totalDays} days.`, remedy);
    }
    return parsed.day;
}
async function byCalendar(options) {
    const { calendar, plan, totalDays, state } = options;
    if (!calendar) {
        const remedy = 'Please pass --day N (or the input `day`, or PACE_DAY), or set `sprint.start_date` for the calendar to tell.';
        throw wrongDay('Nothing tells which day it is.', remedy);
    }
    const found = (0,gate_day/* gateDayAt */.vh)(calendar, options.now);
    if (found.kind === 'before-start')
        return { day: 0, outside: found.message, notes: [] };
    if (found.day > totalDays) {
        return {
            day: found.day,
            outside: `The sprint ended with day ${totalDays}; today would be day ${found.day}.`,
            notes: [],
        };
    }
    if (plan && !plan.days.some(({ day }) => day === found.day)) {
        return { day: found.day, outside: `${plan.file} has no day ${found.day}, which today is.`, notes: [] };
    }
    const missed = missedNote(await state.decidedDays(), found.day);
    return { day: found.day, notes: [found.note, missed].filter((note) => note !== undefined) };
}
/** Said only where earlier runs are known: a runner that forgets everything has missed nothing that it could name. */
function missedNote(decided, day) {
    const last = decided.filter((known) => known < day).at(-1);
    if (last === undefined)
        return undefined;
    const missed = (0,gate_day/* missedDays */.h3)(last, day);
    if (missed.length === 0)
        return undefined;
    const which = missed.length === 1 ? `Day ${missed[0]} was` : `Days ${missed[0]}–${missed.at(-1)} were`;
    return `${which} not judged: no run is known between day ${last} and today.`;
}
function plannedFor(day, plan) {
    const planned = plan?.days.find((candidate) => candidate.day === day);
    const gates = (plan?.days ?? [])
        .filter((candidate) => candidate.humanGate && candidate.day < day)
        .map((gate) => gate.day);
    const lastHumanGate = gates.length > 0 ? Math.max(...gates) : undefined;
    return {
        target: planned?.target ?? '',
        contextNote: planned?.notes ?? '',
        humanGate: planned?.humanGate ?? false,
        ...(lastHumanGate === undefined ? {} : { lastHumanGate }),
        ...(planned?.issue === undefined ? {} : { planIssue: planned.issue }),
        targets: new Map((plan?.days ?? []).map((candidate) => [candidate.day, candidate.target])),
    };
}
function wrongDay(message, remedy) {
    return new errors/* PaceError */.qw({ kind: 'validation', message, remedy });
}

;// CONCATENATED MODULE: ./build/src/commands/gate.js
/** `pace gate`: from flags and configuration to a report and an exit code. Throws for wrong usage and configuration (exit 2). */








async function gate(world, options, signal) {
    const loaded = await gateConfig(world, options.config);
    const { config, sides } = loaded;
    world.log.debug(sides.because);
    const state = createState(world.cwd);
    const ci = sideOf(loaded, 'ci');
    const [gateDay, commit] = await Promise.all([
        whichDay({ world, config, state, given: gate_namedDay(world, options.day) }),
        judgedCommit(world, ci, options.sha),
    ]);
    const published = await runGate({
        world,
        config,
        ci,
        tracker: sideOf(loaded, 'tracker'),
        gateDay,
        ...commit,
        attempt: await gate_attemptOf(options.attempt || world.env['PACE_ATTEMPT'], state, gateDay.day, world),
        dryRun: options.dryRun ?? false,
        state,
        secretNames: secretNames(loaded),
        ...(signal ? { signal } : {}),
    });
    const onHold = config.gate.on_hold;
    return {
        ...published,
        exitCode: exitCodeOf(published.report, onHold),
        reportPath: `${state.dayDir(gateDay.day)}/decision.yaml`,
    };
}
function gate_namedDay({ env }, day) {
    if (day)
        return { text: day, source: 'The day' };
    return env['PACE_DAY'] ? { text: env['PACE_DAY'], source: 'PACE_DAY' } : undefined;
}
/** The configuration, which the gate cannot do without. Warnings go to the log. */
async function gateConfig(world, path) {
    const loaded = await (0,load/* loadConfig */.Z)(world, path ? { path } : {});
    if (loaded.missing) {
        throw new errors/* PaceError */.qw({ kind: 'configuration', message: loaded.missing, remedy: '' });
    }
    for (const { file, line, column, message } of loaded.warnings)
        world.log.warn(`${file}:${line}:${column}: ${message}`);
    return loaded;
}
function sideOf({ sides, sections }, side) {
    const platform = sides[side];
    const section = sections[platform.name];
    return section ? { platform, section } : { platform };
}
function secretNames({ sides, variables }) {
    const needs = [...sides.ci.needs, ...sides.tracker.needs].filter(({ secret }) => secret);
    return [...new Set([...needs.flatMap(({ env }) => env), ...variables])];
}
/** The commit that was asked for, else the one that the CI job is about, else the checkout's. */
async function judgedCommit(world, ci, wanted) {
    const host = await (0,platforms/* openHost */.Zb)(world, ci).catch(() => undefined);
    const [name, judged] = await Promise.all([
        host?.repositoryName(),
        wanted ? namedCommit(world, host, wanted) : host?.judgedCommit?.(),
    ]);
    const repository = name ?? world.cwd.split(/[\\/]/).at(-1) ?? '';
    const sha = judged?.sha ?? (await (0,git/* gitOr */.O)(world, ['rev-parse', '--verify', '--quiet', 'HEAD'])) ?? '';
    const none = sha === '' ? ['There is no commit here: findings are not bound to one.'] : [];
    return { repository, sha, notes: judged?.note ? [judged.note, ...none] : none };
}
/** A full hash may be unknown to a shallow checkout: then the host is asked, where there is one. */
async function namedCommit(world, host, wanted) {
    const known = wanted.startsWith('-')
        ? undefined
        : await (0,git/* gitOr */.O)(world, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`]);
    if (known)
        return { sha: known };
    if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(wanted) && host?.listChecks)
        return { sha: wanted };
    throw new errors/* PaceError */.qw({
        kind: 'validation',
        message: `"${wanted.slice(0, 100)}" is no commit of this checkout.`,
        remedy: 'Please pass the full hash of an existing commit, and fetch more history if the clone is shallow.',
    });
}
/** Given, else one more than what this checkout remembers of the same commit's earlier attempts, else the CI's run attempt. */
async function gate_attemptOf(given, state, day, world) {
    if (given)
        return positive(given);
    const earlier = (await state.attempts(day)).map(({ run }) => run).filter(Number.isInteger);
    if (earlier.length > 0)
        return Math.max(...earlier) + 1;
    const runAttempt = Number(world.env['GITHUB_RUN_ATTEMPT']);
    return Number.isInteger(runAttempt) && runAttempt > 0 ? runAttempt : 1;
}
function positive(text) {
    if (/^[1-9]\d{0,5}$/.test(text))
        return Number(text);
    throw new errors/* PaceError */.qw({
        kind: 'validation',
        message: `The attempt "${text.slice(0, 40)}" is not a number from 1.`,
        remedy: 'Please pass a whole number, e.g. --attempt 2.',
    });
}


/***/ }),

/***/ 8859:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bO: () => (/* binding */ calendarDate),
/* harmony export */   bm: () => (/* binding */ dateAndTime),
/* harmony export */   e9: () => (/* binding */ dateOfDay),
/* harmony export */   h3: () => (/* binding */ missedDays),
/* harmony export */   vh: () => (/* binding */ gateDayAt)
/* harmony export */ });
/** Which calendar day is which gate day. Pure: an instant and the rules go in, the same day comes out on every machine. */
/** The gate day at an instant (milliseconds since 1970). A day that does not count belongs to the last one that does. */
function gateDayAt(calendar, instant) {
    const rules = rulesOf(calendar);
    const today = serialOf(calendarDate(instant, calendar.timeZone));
    const index = workingUpTo(rules, today);
    const first = nthWorking(rules, 1);
    if (today < first) {
        const [now, start] = [dateText(today), dateText(first)];
        const message = `Today is ${now} in ${calendar.timeZone}; day 1 is ${start}. Please wait until then, name the day with --day, or correct \`sprint.start_date\`.`;
        return { kind: 'before-start', today: now, firstDate: start, message };
    }
    const day = nthWorking(rules, index);
    if (day === today)
        return { kind: 'day', day: index, date: dateText(day) };
    const note = `${dateText(today)} (${WEEKDAY_NAMES[weekdayOf(today)]}) is not a working day; it belongs to day ${index} (${dateText(day)}).`;
    return { kind: 'day', day: index, date: dateText(day), note };
}
/** The date of day N (from 1). */
function dateOfDay(calendar, day) {
    return dateText(nthWorking(rulesOf(calendar), day));
}
/** The days between the last one that ran (0: none yet) and today's: those that nobody judged. */
function missedDays(lastRun, today) {
    return Array.from({ length: Math.max(0, today - lastRun - 1) }, (_, index) => lastRun + 1 + index);
}
/** The calendar date at an instant in a time zone, as `2026-01-31`. */
function calendarDate(instant, timeZone) {
    return dateAndTime(instant, timeZone).split(' ', 1).join();
}
/** Date and time of day at an instant in a time zone, as `2026-01-31 09:05`. */
function dateAndTime(instant, timeZone) {
    // the tables of time zones take longer to load than the whole configuration
    if (timeZone === 'UTC')
        return new Date(instant).toISOString().slice(0, -8).replace('T', ' ');
    const parts = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
        ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
        ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    }).formatToParts(instant);
    const part = (type) => parts.find((one) => one.type === type)?.value;
    return `${part('year')?.padStart(4, '0')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
// Below, a date is its serial number: days since 1970-01-01, a Thursday. No time zone can touch it there.
const MS_PER_DAY = 86_400_000;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
function rulesOf({ startDate, workingDays, holidays }) {
    const start = serialOf(startDate);
    const works = WEEKDAYS.map((weekday) => workingDays.includes(weekday));
    const perWeek = works.filter(Boolean).length;
    if (perWeek === 0)
        throw new RangeError('A calendar needs at least one working day.');
    const off = [...new Set(holidays.map(serialOf))].filter((serial) => serial >= start && works[weekdayOf(serial)]);
    return { start, works, perWeek, holidays: off.sort((a, b) => a - b) };
}
/** How many days count from the start up to this date, both included. */
function workingUpTo(rules, serial) {
    return weekdaysUpTo(rules, serial) - rules.holidays.filter((holiday) => holiday <= serial).length;
}
function weekdaysUpTo({ start, works, perWeek }, serial) {
    const length = serial - start + 1;
    if (length <= 0)
        return 0;
    const rest = Array.from({ length: length % 7 }, (_, index) => works[weekdayOf(start + index)]);
    return Math.floor(length / 7) * perWeek + rest.filter(Boolean).length;
}
function nthWorking(rules, n) {
    let position = n;
    for (const holiday of rules.holidays) {
        if (weekdaysUpTo(rules, holiday) > position)
            break;
        position += 1;
    }
    return nthWeekday(rules, position);
}
function nthWeekday(rules, n) {
    let serial = rules.start + Math.floor((n - 1) / rules.perWeek) * 7;
    for (let left = (n - 1) % rules.perWeek;; serial += 1) {
        if (!rules.works[weekdayOf(serial)])
            continue;
        if (left === 0)
            return serial;
        left -= 1;
    }
}
function weekdayOf(serial) {
    return (((serial + 3) % 7) + 7) % 7;
}
function serialOf(date) {
    const serial = Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
    if (!Number.isInteger(serial))
        throw new RangeError(`"${date}" is not a date such as 2026-01-31.`);
    return serial;
}
function dateText(serial) {
    return new Date(serial * MS_PER_DAY).toISOString().slice(0, 10);
}


/***/ }),

/***/ 3493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ title),
/* harmony export */   L: () => (/* binding */ decide)
/* harmony export */ });
/* harmony import */ var _platforms_settled_checks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2138);
/** SHIP or HOLD: one pure function from findings, backlog and rules to a decision. */

function decide(facts) {
    const findings = facts.findings.map((finding) => waived(finding, facts));
    const failures = findings.filter(({ result }) => result === 'FAIL');
    if (failures.length > 0)
        return { decision: 'HOLD', reason: summed(failures), findings };
    if (facts.clearanceDay && facts.openAdvisories > 0) {
        const count = facts.openAdvisories === 1 ? '1 advisory is' : `${facts.openAdvisories} advisories are`;
        return { decision: 'HOLD', reason: `Clearance day: ${count} still open`, findings };
    }
    const unknown = findings.filter(({ result }) => result === 'UNKNOWN');
    if (unknown.length > 0) {
        return {
            decision: facts.onUnknown === 'hold' ? 'HOLD' : 'UNKNOWN',
            reason: `PACE could not judge: ${summed(unknown)}`,
            findings,
        };
    }
    return { decision: 'SHIP', reason: '', findings };
}
function summed(findings) {
    const [first, ...others] = findings;
    if (!first)
        return '';
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return `${title(first)}${more}`;
}
function title({ source, check }) {
    return `${source}: ${check}`;
}
/** A failure that a waiver in force covers becomes WAIVED; one whose waiver has ended stays, and says so. */
function waived(finding, { waivers, sha, date }) {
    if (finding.result !== 'FAIL')
        return finding;
    const matching = waivers.filter((waiver) => covers(waiver, finding, sha));
    const inForce = matching.find(({ expires }) => expires >= date);
    if (inForce) {
        const { reason, owner, expires } = inForce;
        return { ...finding, result: 'WAIVED', waiver: { reason, owner, expires } };
    }
    const [ended] = matching;
    if (!ended)
        return finding;
    return { ...finding, evidence: `${finding.evidence} (the waiver of ${ended.owner} ended on ${ended.expires})` };
}
function covers(waiver, finding, sha) {
    if (waiver.sha !== undefined && !sha.startsWith(waiver.sha))
        return false;
    return (0,_platforms_settled_checks_js__WEBPACK_IMPORTED_MODULE_0__/* .nameMatcher */ .MH)([waiver.check])(title(finding));
}


/***/ }),

/***/ 1844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qw: () => (/* binding */ proofText),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   qW: () => (/* binding */ checkText),
/* harmony export */   xL: () => (/* binding */ proofTail),
/* harmony export */   zD: () => (/* binding */ grouped)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8913);
/** How untrusted words from evidence become the bounded texts of a finding. */


const CHECK_LENGTH = 200;
const PROOF_LENGTH = 2_000;
/**
 * The name of a check in one line of at most 200 characters. A longer one ends in a digest of the whole, so that two checks
 * never become one by being cut, and a waiver for one never covers the other.
 */
function checkText(text) {
    const line = (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainLine */ .h0)(text.slice(0, CHECK_LENGTH * 50));
    if (line.length <= CHECK_LENGTH && text.length <= CHECK_LENGTH * 50)
        return line || '(no name)';
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, 8);
    return `${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(line, CHECK_LENGTH - digest.length - 1)}#${digest}`;
}
/** Proof of at most 2,000 characters; a longer one keeps its beginning. */
function proofText(text) {
    // cut first: the text may be a whole log
    return (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)((0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(text.slice(0, PROOF_LENGTH * 10)).trim(), PROOF_LENGTH);
}
/** Proof of at most 2,000 characters; a longer one keeps its end, as of a log. */
function proofTail(text) {
    const plain = (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(text.slice(-PROOF_LENGTH * 10)).trim();
    if (plain.length <= PROOF_LENGTH)
        return plain;
    return `…${plain.slice(1 - PROOF_LENGTH).replace(/^[\udc00-\udfff]/, '')}`;
}
/** `1 test`, `3 tests`. */
function count(number, noun, plural = `${noun}s`) {
    return `${grouped(number)} ${number === 1 ? noun : plural}`;
}
/** `1,234` for a whole number. By hand: a formatter's tables take longer to load than a small report to read. */
function grouped(number) {
    return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}


/***/ }),

/***/ 5702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O9: () => (/* binding */ findingsMarkdown),
/* harmony export */   Sj: () => (/* binding */ ordered),
/* harmony export */   _g: () => (/* binding */ findingsText),
/* harmony export */   oX: () => (/* binding */ proofOf)
/* harmony export */ });
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8913);
/** The table of findings, the same rows in log, summary and issue. */

const ICONS = {
    FAIL: '🔴',
    UNKNOWN: '⚠️',
    WAIVED: '🟡',
    ADVISORY: '🟠',
    PARTIAL: '🔵',
    PASS: '✅',
};
const ORDER = Object.keys(ICONS);
/** Rows that a table shows; the rest is counted. */
const ROWS = 100;
/** What blocks first; within a result as it was read. */
function ordered(findings) {
    return findings.toSorted((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
}
function proofOf(finding) {
    const place = finding.file === undefined ? '' : ` (${finding.file}${finding.line === undefined ? '' : `:${finding.line}`})`;
    const waiver = finding.waiver;
    const waived = waiver ? ` Waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}.` : '';
    return `${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(finding.evidence)}${place}${waived}`;
}
function findingsMarkdown(findings) {
    if (findings.length === 0)
        return 'Nothing was judged.';
    const rows = ordered(findings).map((finding) => {
        const check = (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(finding.check, 200);
        const shown = finding.url ? `[${check}](<${encodeURI(decodeSafely(finding.url))}>)` : check;
        return `| ${ICONS[finding.result]}\u00a0${finding.result} | ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(finding.source, 60)} | ${shown} | ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(proofOf(finding), 500)} |`;
    });
    return [
        '| Result | Evidence | Check | Proof |',
        '| --- | --- | --- | --- |',
        ...rows.slice(0, ROWS),
        ...(rows.length > ROWS ? [`| | | … and ${rows.length - ROWS} more | in \`.pace/\` |`] : []),
    ].join('\n');
}
function decodeSafely(url) {
    try {
        return decodeURI(url);
    }
    catch {
        return url;
    }
}
/** Lines for a log or a terminal; `paint` colours the word of the result. */
function findingsText(findings, paint = (_, word) => word) {
    const shown = ordered(findings);
    const width = Math.min(30, Math.max(0, ...shown.map(({ source }) => (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(source).length)));
    const lines = shown.map((finding) => {
        const source = (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(finding.source, 30).padEnd(width);
        const proof = proofOf(finding);
        return `${ICONS[finding.result]} ${paint(finding.result, finding.result.padEnd(8))} ${source}  ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(finding.check, 120)}${proof ? ` — ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(proof, 300)}` : ''}`;
    });
    return lines.length > ROWS ? [...lines.slice(0, ROWS), `… and ${lines.length - ROWS} more in .pace/`] : lines;
}


/***/ }),

/***/ 5999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ requestsText)
/* harmony export */ });
/** `api.example.org: 6 requests (2 unchanged), 1 retry, 3 s waited, 990 left`; hosts stand apart by `;`. `''` without requests. */
function requestsText(hosts) {
    return hosts.map(hostText).join('; ');
}
function hostText({ host, requests, notModified, retries, waitedSeconds, remaining }) {
    const parts = [
        `${counted(requests, 'request')}${notModified > 0 ? ` (${notModified} unchanged)` : ''}`,
        ...(retries > 0 ? [retries === 1 ? '1 retry' : `${retries} retries`] : []),
        ...(waitedSeconds > 0 ? [`${waitedSeconds} s waited`] : []),
        ...(remaining === undefined ? [] : [`${remaining} left`]),
    ];
    return `${host.replace(/^https?:\/\//, '')}: ${parts.join(', ')}`;
}
function counted(count, word) {
    return `${count} ${word}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 1381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IN: () => (/* binding */ metricRows),
/* harmony export */   Wb: () => (/* binding */ DECISION_ICONS),
/* harmony export */   eH: () => (/* binding */ summaryMarkdown)
/* harmony export */ });
/* harmony import */ var _platforms_day_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(331);
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8913);
/* harmony import */ var _findings_table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5702);
/* harmony import */ var _requests_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5999);
/** The day's report as Markdown: what a person must see in ten seconds first, the proof below. Pure. */




const DECISION_ICONS = { SHIP: '✅', HOLD: '🔴', PAUSED: '⏳', UNKNOWN: '⚠️' };
function summaryMarkdown({ report, metrics, story, runTime }) {
    return [
        `# PACE Day ${report.day} — ${DECISION_ICONS[report.decision]} ${report.decision}${labels(report)}`,
        ...(report.holdReason ? [`> **${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(report.holdReason, 1000)}**`] : []),
        ...actions(report),
        ...(report.decision === 'PAUSED' ? [] : ['## Findings', (0,_findings_table_js__WEBPACK_IMPORTED_MODULE_1__/* .findingsMarkdown */ .O9)(report.findings)]),
        ...faults(report),
        ...storyCard(story),
        '## Sprint',
        [
            '| Metric | Value |',
            '| --- | --- |',
            ...metricRows(metrics).map(([name, value]) => `| ${name} | ${value} |`),
        ].join('\n'),
        [
            `**Product:** ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(report.product, 200)}`,
            `**Commit:** ${report.sha ? `\`${report.sha.slice(0, 12)}\`` : 'none'}`,
            `**Attempt:** ${report.attempt}`,
            `**Run time:** ${runTime}`,
            `**Overall progress:** ${metrics.daysComplete} of ${metrics.totalDays} days`,
        ].join(' · '),
        ...(report.requests.length > 0 ? [`Requests: ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)((0,_requests_text_js__WEBPACK_IMPORTED_MODULE_2__/* .requestsText */ .s)(report.requests), 500)}`] : []),
        ...report.notes.map((note) => `*${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(note, 500)}*`),
    ].join('\n\n');
}
function labels(report) {
    const words = [
        report.mode === 'observe' ? 'observed only' : '',
        report.dryRun ? 'dry run' : '',
        report.findings.some(({ result }) => result === 'WAIVED') ? 'with waivers' : '',
        report.clearanceDay ? 'clearance day' : '',
        report.humanGate ? 'human gate' : '',
    ].filter(Boolean);
    return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
function actions(report) {
    const { escalation, review, advisories } = report;
    const lines = [
        ...(escalation.url ? [`- Escalation: ${link(escalation.key || 'issue', escalation.url)}`] : []),
        ...(review.url ? [`- Review request: ${link('to merge or close', review.url)}`] : []),
        ...(advisories.open + advisories.new + advisories.cleared > 0
            ? [
                `- Advisories: ${advisories.open} open, ${advisories.new} new, ${advisories.cleared} cleared${advisories.url ? ` (${link('issue', advisories.url)})` : ''}`,
            ]
            : []),
        ...(report.ci.url ? [`- CI: ${report.ci.conclusion} (${link('checks', report.ci.url)})`] : []),
        ...(report.decision === 'HOLD' && report.mode === 'enforce'
            ? ['- To resume: fix and run the day again, or close the escalation.']
            : []),
        ...(report.decision === 'UNKNOWN'
            ? [
                '- What hindered PACE stands below. Put it right and run the day again; a later run may get through by itself.',
            ]
            : []),
    ];
    if (lines.length > 0)
        return [lines.join('\n')];
    return report.decision === 'SHIP' ? ['Nothing needs attention.'] : [];
}
function link(text, url) {
    return /^https?:\/\//.test(url)
        ? `[${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(text)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`
        : `\`${url.replaceAll('`', '')}\``;
}
function faults({ faults, pending, findings }) {
    if (faults.length === 0 && pending.length === 0)
        return [];
    const unique = [...new Map(faults.map((fault) => [fault.message, fault])).values()];
    return [
        "## PACE's own trouble",
        ...(mattered(findings) ? [] : ['It did not change the decision.']),
        [
            ...unique.map(({ operation, message, remedy }) => `- \`${operation}\`: ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(message, 600)} ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(remedy, 600)}`),
            ...pending.map(({ operation }) => `- Not delivered: \`${operation}\``),
        ].join('\n'),
    ];
}
/** Without a failure, what could not be judged is what decides. */
function mattered(findings) {
    return findings.some(({ result }) => result === 'UNKNOWN') && findings.every(({ result }) => result !== 'FAIL');
}
function storyCard(story) {
    const parts = ['given', 'when', 'then'];
    const told = parts.map((part) => (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)((0,_platforms_day_files_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(story[part]) ?? '', 500));
    const table = ['| Given | When | Then |', '| --- | --- | --- |', `| ${told.join(' | ')} |`].join('\n');
    const criteria = (0,_platforms_day_files_js__WEBPACK_IMPORTED_MODULE_3__/* .listOf */ .c3)(story['acceptance'])
        .slice(0, 50)
        .map((criterion) => `- ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineMarkdown */ .x)(criterion, 300)}`);
    const shown = [...(told.some(Boolean) ? [table] : []), ...(criteria.length > 0 ? [criteria.join('\n')] : [])];
    return shown.length === 0 ? [] : ['## Story Card', ...shown];
}
function metricRows(metrics) {
    return [
        ['Days complete', `${metrics.daysComplete}/${metrics.totalDays}`],
        ['SHIP rate', metrics.decided === 0 ? 'N/A' : `${Math.round((metrics.shipped / metrics.decided) * 100)}%`],
        ['Deferred items', String(metrics.deferred)],
        ['Escalated holds', String(metrics.held)],
        ['Open advisories', String(metrics.openAdvisories)],
    ];
}


/***/ })

};
