export const id = 7;
export const ids = [7];
export const modules = {

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


/***/ }),

/***/ 7007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   reportText: () => (/* binding */ reportText)
/* harmony export */ });
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8913);
/* harmony import */ var _gate_findings_table_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5702);
/* harmony import */ var _gate_requests_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5999);
/* harmony import */ var _gate_summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1381);
/* harmony import */ var _terminal_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);
/** The report as plain text for a terminal or a log. */





const COLOURS = {
    SHIP: '32',
    PASS: '32',
    HOLD: '31',
    FAIL: '31',
    UNKNOWN: '33',
    PAUSED: '33',
    WAIVED: '33',
    ADVISORY: '33',
    PARTIAL: '36',
};
function reportText(report, options = {}) {
    const { colour = false } = options;
    const painted = (word, text = word) => (0,_terminal_log_js__WEBPACK_IMPORTED_MODULE_0__/* .paint */ .nI)(colour, COLOURS[word], text);
    const { day, decision, holdReason, sha, attempt, escalation, review, advisories, ci } = report;
    const where = [sha ? `commit ${sha.slice(0, 12)}` : 'no commit', `attempt ${attempt}`];
    const mode = [report.mode === 'observe' ? 'observed only' : '', report.dryRun ? 'dry run: nothing was written' : ''];
    const lines = [
        `${_gate_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .DECISION_ICONS */ .Wb[decision]} PACE day ${day}: ${painted(decision)} (${[...where, ...mode.filter(Boolean)].join(', ')})`,
        ...(holdReason ? [`   ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plainLine */ .h0)(holdReason, 500)}`] : []),
        '',
        ...(0,_gate_findings_table_js__WEBPACK_IMPORTED_MODULE_3__/* .findingsText */ ._g)(report.findings, painted),
        ...(report.findings.length > 0 ? [''] : []),
        ...(escalation.url ? [`Escalation:  ${escalation.key} ${escalation.url}`] : []),
        ...(review.url ? [`Review:      ${review.url}`] : []),
        ...(advisories.open + advisories.new + advisories.cleared > 0
            ? [
                `Advisories:  ${advisories.open} open, ${advisories.new} new, ${advisories.cleared} cleared ${advisories.url}`.trimEnd(),
            ]
            : []),
        ...(ci.url ? [`CI:          ${ci.conclusion} ${ci.url}`] : []),
        ...report.notes.map((note) => `Note:        ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plainLine */ .h0)(note, 500)}`),
        ...(report.requests.length > 0 ? [`Requests:    ${(0,_gate_requests_text_js__WEBPACK_IMPORTED_MODULE_4__/* .requestsText */ .s)(report.requests)}`] : []),
        ...report.pending.map(({ operation }) => `Undelivered: ${operation}`),
    ];
    return `${lines.join('\n').trimEnd()}\n`;
}


/***/ })

};
