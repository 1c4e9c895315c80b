export const id = 993;
export const ids = [993,245];
export const modules = {

/***/ 3102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ readAgentDocument),
/* harmony export */   b: () => (/* binding */ MAX_DOCUMENT_BYTES)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1915);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(893);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7107);
/**
 * Documents that agents write: YAML, stored as `.yaml` or as `.md`, or Markdown with front matter or a fenced `yaml` block.
 */




const MAX_DOCUMENT_BYTES = 512 * 1024;
const MAX_ALIASES = 100;
const TASK = /^\s*[-*+]\s+\[[ xX]\]/m;
/**
 * Reads one document; `isMeant` tells the mapping that is looked for from others, such as quoted examples. Throws an
 * `EvidenceFault` with line and column for mistakes in the YAML, and for a document that holds two such mappings.
 */
async function readAgentDocument(file, isMeant, signal) {
    const text = await (0,_read_text_js__WEBPACK_IMPORTED_MODULE_1__/* .readText */ .y)(file, signal);
    const kind = /\.md$/i.test(file.path) ? kindOf(text) : 'yaml';
    if (kind === 'yaml')
        return { data: parseYaml({ body: text, line: 0 }, file), markdown: '' };
    const whole = kind === 'either' ? tryYaml({ body: text, line: 0 }, file) : undefined;
    if (whole !== undefined && !(whole instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN))
        return { data: whole, markdown: '' };
    const document = readMarkdown(text, isMeant, file);
    // YAML under a comment is more likely than Markdown that says nothing
    if (whole !== undefined && !isMeant(document.data) && !TASK.test(document.markdown))
        throw whole;
    return document;
}
function readMarkdown(text, isMeant, file) {
    const { front, fences, markdown } = split(text);
    const head = front === undefined ? {} : parseYaml(front, file);
    const blocks = fences.map((part) => ({ line: part.line, data: tryYaml(part, file) }));
    const found = blocks.filter(({ data }) => !(data instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN) && isMeant(data));
    if (found.length > 1 || (found.length === 1 && isMeant(head)))
        throw twice(file, found.at(-1)?.line);
    const broken = blocks.find(({ data }) => data instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN)?.data;
    if (found.length === 0 && !isMeant(head) && broken instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN)
        throw broken;
    return { data: { ...head, ...found[0]?.data }, markdown };
}
function twice(file, line = 0) {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN('It holds more than one such document; keep only the one that counts.', {
        file: file.path,
        line: line + 1,
    });
}
/**
 * A YAML document may quote Markdown with fences in its texts, so its beginning decides: a key is YAML; a `#` may be a comment
 * or a heading.
 */
function kindOf(text) {
    const lines = text.split('\n');
    if (frontMatter(lines) > 0)
        return 'markdown';
    const written = lines.filter((line) => line.trim() !== '' && !/^(?:---\s*$|%YAML)/.test(line));
    const first = written.find((line) => !line.startsWith('#')) ?? '';
    if (!/^["']?[\w-]+["']?\s*:(?:\s|$)/.test(first))
        return 'markdown';
    return written[0] === first ? 'yaml' : 'either';
}
/** The line on which front matter ends, when something but YAML follows it. */
function frontMatter(lines) {
    if (lines[0]?.trimEnd() !== '---')
        return 0;
    const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
    return end > 0 && lines.slice(end + 1).some((line) => line.trim() !== '') ? end : 0;
}
function split(text) {
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    const end = frontMatter(lines);
    const fences = [];
    const markdown = [];
    let open;
    for (const [index, line] of lines.entries()) {
        if (index <= end && end > 0)
            continue;
        const [, mark = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
        if (open === undefined && mark !== '')
            open = { mark, yaml: /^ya?ml\b/i.test(language), line: index + 1 };
        else if (open === undefined)
            markdown.push(line);
        else if (mark.startsWith(open.mark) && language.trim() === '') {
            if (open.yaml)
                fences.push({ body: lines.slice(open.line, index).join('\n'), line: open.line });
            open = undefined;
        }
    }
    if (open?.yaml)
        fences.push({ body: '', line: open.line, endless: true });
    const front = end > 0 ? { front: { body: lines.slice(1, end).join('\n'), line: 1 } } : {};
    return { ...front, fences, markdown: markdown.join('\n') };
}
function tryYaml(part, file) {
    if (part.endless)
        return new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN('This fenced block has no end.', { file: file.path, line: part.line });
    try {
        return parseYaml(part, file);
    }
    catch (error) {
        if (error instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN)
            return error;
        throw error;
    }
}
function parseYaml({ body, line }, file) {
    // the empty lines make positions in a block positions in its file
    const value = evaluate('\n'.repeat(line) + body, file);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value))
        return value;
    throw new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN('It is not a YAML mapping (`key: value`).', { file: file.path, line: line + 1, column: 1 });
}
function evaluate(text, file) {
    try {
        const lineCounter = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
        const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { schema: 'core', uniqueKeys: false, logLevel: 'error', lineCounter });
        const [mistake] = document.errors;
        const message = mistake?.message.split(/ at line \d+/)[0];
        const offset = mistake?.pos[0] ?? offsetOfDuplicate(document);
        if (offset === undefined)
            return document.toJS({ maxAliasCount: MAX_ALIASES });
        const { line, col } = lineCounter.linePos(offset);
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN(`This is not valid YAML: ${message ?? 'a key stands twice in one mapping'}`, {
            file: file.path,
            line,
            column: col,
        });
    }
    catch (error) {
        if (error instanceof _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN)
            throw error;
        // a bomb of aliases, or nesting that exhausts the stack
        const reason = error instanceof Error ? error.message : String(error);
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .EvidenceFault */ .wN(`This YAML cannot be read: ${reason}`, { file: file.path, line: 1 });
    }
}
// the parser's own check compares every key with every other one, which takes minutes for a large mapping
function offsetOfDuplicate(document) {
    let offset;
    (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, {
        Map(_, { items }) {
            const keys = new Set();
            for (const { key } of items) {
                if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key))
                    continue;
                if (keys.has(key.value)) {
                    offset = key.range?.[0];
                    return yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR.BREAK;
                }
                keys.add(key.value);
            }
            return undefined;
        },
    });
    return offset;
}


/***/ }),

/***/ 2519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ agentItems)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(893);
/** Lists in agents' documents: of strings, of objects, or one text with a line each. */

const TEXT_KEYS = ['criterion', 'check', 'finding', 'item', 'text', 'description', 'title', 'name', 'summary', 'gap'];
const WORD_KEYS = ['result', 'status', 'state', 'verdict', 'done', 'met'];
const PROOF_KEYS = ['evidence', 'proof', 'details', 'detail', 'reason', 'note', 'notes', 'message'];
const NOTHING = /^(?:none|n\/?a|nil|nothing|[-–—]+|no (?:blockers?|advisor(?:y|ies)|findings?|gaps?))?\.?$/i;
/** The entries of a list; nothing for an absent one, and for the words with which people say "none". */
function agentItems(value) {
    if (value === undefined || value === null || value === false)
        return [];
    if (Array.isArray(value))
        return value.map(toItem).filter(isSomething);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
        return mapItems(value).filter(isSomething);
    return String(value)
        .split('\n')
        .map((line) => toItem(line.replace(/^\s*(?:[-*+•]\s+)?/, '')))
        .filter(isSomething);
}
function isSomething({ text, id }) {
    return id !== undefined || !NOTHING.test(text);
}
function toItem(value) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
        return { text: scalar(value) ?? '' };
    const [key, ...others] = Object.keys(value);
    if (key === undefined || others.length > 0 || TEXT_KEYS.includes(key) || key === 'id')
        return fromObject(value);
    const entry = value[key];
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(entry))
        return fromObject({ text: key, ...entry });
    const words = scalar(entry) ?? '';
    if (/^(?:pass|fail|partial|advisory)$/i.test(words))
        return { text: key, word: words };
    // `- AC1: the user can log in` is a mapping to YAML, and a sentence to whoever wrote it
    return { text: `${key}: ${words}`.trim() };
}
function fromObject(value) {
    const id = scalar(value.id);
    const word = first(value, WORD_KEYS);
    const proof = first(value, PROOF_KEYS);
    return {
        text: first(value, TEXT_KEYS) ?? first(value, ['message', 'details']) ?? id ?? JSON.stringify(value).slice(0, 500),
        ...(id === undefined ? {} : { id }),
        ...(word === undefined ? {} : { word }),
        ...(proof === undefined ? {} : { proof }),
    };
}
/** A single object in place of a list of one, or a mapping from criterion to result. */
function mapItems(value) {
    if (TEXT_KEYS.some((key) => key in value))
        return [fromObject(value)];
    return Object.entries(value).map(([key, entry]) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(entry) ? fromObject({ text: key, ...entry }) : { text: key, word: scalar(entry) ?? '' });
}
function first(value, keys) {
    for (const key of keys) {
        const text = scalar(value[key]);
        if (text !== undefined)
            return text;
    }
    return undefined;
}
function scalar(value) {
    if (value === undefined || value === null)
        return undefined;
    if (Array.isArray(value))
        return value.map((entry) => scalar(entry) ?? '').join('\n');
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) ? JSON.stringify(value) : String(value)).trim();
}


/***/ }),

/***/ 4258:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ bounded)
/* harmony export */ });
/* harmony import */ var _finding_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1844);

const order = ['FAIL', 'UNKNOWN', 'ADVISORY', 'PARTIAL', 'WAIVED', 'PASS'];
/** The worst `max` findings in their own order, and one that stands for the rest. */
function bounded(findings, max = 200) {
    if (findings.length <= max)
        return findings;
    const ranked = findings.toSorted((one, other) => rank(one) - rank(other));
    const kept = new Set(ranked.slice(0, max));
    const worst = ranked[max];
    if (worst === undefined)
        return findings;
    const evidence = `and ${(0,_finding_text_js__WEBPACK_IMPORTED_MODULE_0__/* .grouped */ .zD)(findings.length - max)} more`;
    return [
        ...findings.filter((finding) => kept.has(finding)),
        { source: worst.source, check: 'further checks', result: worst.result, evidence },
    ];
}
function rank({ result }) {
    return order.indexOf(result);
}


/***/ }),

/***/ 3993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readChecklist: () => (/* binding */ readChecklist)
});

// EXTERNAL MODULE: ./build/src/gate/evidence/agent-document.js
var agent_document = __webpack_require__(3102);
// EXTERNAL MODULE: ./build/src/gate/evidence/agent-items.js
var agent_items = __webpack_require__(2519);
// EXTERNAL MODULE: ./build/src/gate/evidence/bounded.js
var bounded = __webpack_require__(4258);
// EXTERNAL MODULE: ./build/src/gate/evidence/same-text.js
var same_text = __webpack_require__(2733);
;// CONCATENATED MODULE: ./build/src/gate/evidence/task-list.js
/** Task lists of Markdown: `- [ ] to do`, `- [x] done`. https://github.github.com/gfm/#task-list-items-extension- */
/** The tasks below a heading that speaks of acceptance or criteria; all tasks where there is no such heading. */
function tasksOf(markdown) {
    const tasks = [];
    let meant = false;
    let depth = 7;
    for (const line of markdown.split('\n')) {
        const [, marks, title = ''] = /^ {0,3}(#{1,6})\s+(.*)$/.exec(line) ?? [];
        if (marks !== undefined && (!meant || marks.length <= depth)) {
            meant = /\b(?:acceptance|criteria)\b/i.test(title);
            depth = marks.length;
        }
        const [, tick, text] = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+(\S.*)$/.exec(line) ?? [];
        if (text !== undefined)
            tasks.push({ text: text.trim(), done: tick !== ' ', meant });
    }
    const some = tasks.some((task) => task.meant);
    return tasks.filter((task) => task.meant || !some).map(({ text, done }) => ({ text, done }));
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/checklist-claims.js



const noClaims = { done: [], open: [], undone: [] };
const CLAIM_KEYS = [
    'built',
    'edge_cases_tested',
    'criteria',
    'criteria_met',
    'criteria_results',
    'acceptance',
    'acceptance_criteria',
    'completed',
    'done',
];
const OPEN_KEYS = ['out_of_scope', 'deferred', 'known_gaps'];
const DONE_WORDS = /^(?:pass|passed|done|met|built|complete|completed|implemented|tested|yes|true|ok|x)$/i;
const OPEN_WORDS = /^(?:partial|partially|deferred|out[ _-]of[ _-]scope)$/i;
/** Adds what a handoff claims. An entry without a word of judgement in a list of what was built is a claim that it is done. */
function claimsOf(claims, { data, markdown }) {
    const listed = CLAIM_KEYS.flatMap((key) => (0,agent_items/* agentItems */.q)(data[key])).map(withBox);
    const tasks = tasksOf(markdown).map(({ text, done }) => ({ text, word: done ? 'done' : 'not done' }));
    return sorted(claims, [...listed, ...tasks], openItems(data));
}
/** Adds the gate agent's results: only an explicit word counts. */
function gateClaims(claims, { data }) {
    const results = (0,agent_items/* agentItems */.q)(data.criteria_results).map((item) => ({ ...item, word: item.word ?? 'no result' }));
    return sorted(claims, results, openItems(data));
}
/** Looks claims up by text or id, as `same-text.ts` has it. */
function claimBook({ done, open, undone }) {
    return { done: lookUp(done), open: lookUp(open), undone: lookUp(undone) };
}
function lookUp(items) {
    const byText = new Map(items.map((item) => [(0,same_text/* normalised */.Z)(item.text), item]));
    const byId = new Map(items.flatMap((item) => (0,same_text/* idsOf */.U)(item.text, item.id).map((id) => [id, item])));
    return ({ normal, ids }) => {
        const same = normal === '' ? undefined : byText.get(normal);
        return same ?? ids.map((id) => byId.get(id)).find((item) => item !== undefined);
    };
}
function openItems(data) {
    return OPEN_KEYS.flatMap((key) => (0,agent_items/* agentItems */.q)(data[key]));
}
function withBox(item) {
    const [, tick, text] = /^\[([ xX])\]\s+(.+)$/s.exec(item.text) ?? [];
    return text === undefined ? item : { ...item, text, word: tick === ' ' ? 'not done' : 'done' };
}
function sorted(claims, items, open) {
    const isDone = ({ word }) => word === undefined || DONE_WORDS.test(word);
    const isOpen = ({ word }) => word !== undefined && OPEN_WORDS.test(word);
    return {
        done: [...claims.done, ...items.filter(isDone)],
        open: [...claims.open, ...open, ...items.filter(isOpen)],
        undone: [...claims.undone, ...items.filter((item) => !isDone(item) && !isOpen(item))],
    };
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/checklist-criteria.js



/**
 * From `acceptance` (or `acceptance_criteria`), else from the task list of a Markdown card. Criteria of a card that gives no
 * ids can be spoken of by their place: `AC1` is the first.
 */
function criteriaOf({ data, markdown }) {
    const listed = [...(0,agent_items/* agentItems */.q)(data.acceptance), ...(0,agent_items/* agentItems */.q)(data.acceptance_criteria)];
    const items = listed.map(({ text, id }) => ({
        text: text.replace(/^\[[ xX]\]\s+/, ''),
        ids: (0,same_text/* idsOf */.U)(text, id),
        ticked: /^\[[xX]\]/.test(text),
    }));
    const all = items.length > 0 ? items : tasksOf(markdown).map(({ text, done }) => ({ text, ids: (0,same_text/* idsOf */.U)(text), ticked: done }));
    const numbered = all.every(({ ids }) => ids.length === 0);
    return all.map(({ text, ids, ticked }, index) => ({
        text,
        normal: (0,same_text/* normalised */.Z)(text),
        ids: numbered ? [`ac${index + 1}`, `${index + 1}`] : ids,
        ticked,
    }));
}

// EXTERNAL MODULE: ./build/src/gate/evidence/finding-text.js
var finding_text = __webpack_require__(1844);
;// CONCATENATED MODULE: ./build/src/gate/evidence/checklist-judge.js

/**
 * The more careful word wins: the gate agent's FAIL, then declared open (PARTIAL), then the gate agent's PASS, then what the
 * handoff says; a criterion that nobody speaks of is a FAIL. How a text is recognised: see `same-text.ts`.
 */
function judgeCriterion(criterion, handoff, gate) {
    const failed = gate.undone(criterion);
    if (failed !== undefined)
        return { result: 'FAIL', evidence: proofOf(failed, `the gate agent: ${failed.word}`) };
    const open = gate.open(criterion) ?? handoff.open(criterion);
    if (open !== undefined)
        return { result: 'PARTIAL', evidence: proofOf(open, 'declared as not done') };
    const passed = gate.done(criterion);
    if (passed !== undefined)
        return { result: 'PASS', evidence: proofOf(passed, 'passed by the gate agent') };
    const undone = handoff.undone(criterion);
    if (undone !== undefined)
        return { result: 'FAIL', evidence: proofOf(undone, 'the handoff says that it is not done') };
    const done = handoff.done(criterion);
    if (done !== undefined)
        return { result: 'PASS', evidence: proofOf(done, 'claimed by the handoff') };
    if (criterion.ticked)
        return { result: 'PASS', evidence: 'ticked off in the story card' };
    return {
        result: 'FAIL',
        evidence: 'Neither the handoff nor the gate agent speaks of it, in the same words or by its id.',
    };
}
function proofOf({ proof }, words) {
    return (0,finding_text/* proofText */.Qw)(proof ? `${words}: ${proof}` : words);
}

// EXTERNAL MODULE: ./build/src/gate/evidence/fault.js
var fault = __webpack_require__(1915);
// EXTERNAL MODULE: ./build/src/gate/evidence/read-each.js
var read_each = __webpack_require__(2989);
// EXTERNAL MODULE: ./build/src/gate/evidence/report.js
var report = __webpack_require__(7245);
;// CONCATENATED MODULE: ./build/src/gate/evidence/checklist.js










const GATE_REPORT = '.pace/day-{day}/gate{,-report}.{md,yaml,yml}';
/**
 * One finding per criterion: FAIL, PARTIAL or PASS as `checklist-judge.ts` has it. Story and handoff must be there and speak
 * of this day; the gate agent's report (`gate.md`, `gate-report.yaml`) is read when it is there.
 */
async function readChecklist(config, context) {
    const [story, handoff, gate] = await Promise.all([
        readPart(config, 'story', config.story, context),
        readPart(config, 'handoff', config.handoff, context),
        readPart(config, 'gate report', GATE_REPORT, context),
    ]);
    // the report of the gate agent may be missing, but not broken
    const broken = gate.problems.filter(({ check }) => check !== 'gate report is there');
    const problems = [...story.problems, ...handoff.problems, ...broken];
    const criteria = story.documents.flatMap((document) => criteriaOf(document));
    const findings = story.documents.length > 0 ? judge(config, criteria, story, handoff, gate) : [];
    return {
        source: config.name,
        findings: (0,bounded/* bounded */.M)([...problems, ...findings]),
        complete: problems.length === 0 && criteria.length > 0,
        standing: false,
    };
}
async function readPart(source, what, path, context) {
    const { read, problems } = await (0,read_each/* readEach */.e)(source, { path, maxBytes: agent_document/* MAX_DOCUMENT_BYTES */.b }, context, (file) => (0,agent_document/* readAgentDocument */.N)(file, what === 'gate report' ? report.isReport : isCard, context.signal));
    const found = problems.map((one) => one.check === 'is there' ? { ...one, check: `${what} is there` } : one);
    const documents = [];
    for (const { file, value } of read) {
        const refusal = (0,report.otherDay)(value.data, context.day);
        if (refusal === undefined)
            documents.push(value);
        else
            found.push((0,fault/* unusable */._P)(source, `${what} is for this day`, refusal, { file: file.path }));
    }
    return { documents, problems: found };
}
function isCard(data) {
    return ['acceptance', 'acceptance_criteria', 'story', 'built', 'known_gaps', 'edge_cases_tested'].some((key) => key in data);
}
function judge(config, criteria, story, handoff, gate) {
    if (criteria.length === 0) {
        const why = 'The story card names no acceptance criteria (`acceptance`, or a task list). Nothing can be checked.';
        return [(0,fault/* unusable */._P)(config, 'story has acceptance criteria', why)];
    }
    const outOfScope = story.documents.flatMap(({ data }) => (0,agent_items/* agentItems */.q)(data.out_of_scope));
    const claims = claimBook(handoff.documents.reduce(claimsOf, { ...noClaims, open: outOfScope }));
    const results = claimBook(gate.documents.reduce(gateClaims, noClaims));
    return criteria.map((criterion) => ({
        source: config.name,
        check: (0,finding_text/* checkText */.qW)(criterion.text),
        ...judgeCriterion(criterion, claims, results),
    }));
}


/***/ }),

/***/ 7245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   isReport: () => (/* binding */ isReport),
/* harmony export */   otherDay: () => (/* binding */ otherDay),
/* harmony export */   readReport: () => (/* binding */ readReport),
/* harmony export */   resultOf: () => (/* binding */ resultOf)
/* harmony export */ });
/* harmony import */ var _agent_document_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3102);
/* harmony import */ var _agent_items_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2519);
/* harmony import */ var _bounded_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4258);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1915);
/* harmony import */ var _finding_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1844);
/* harmony import */ var _read_each_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2989);
/* harmony import */ var _same_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2733);







const resultWords = new Map([
    ['PASS', 'PASS'],
    ['FAIL', 'FAIL'],
    ['ADVISORY', 'ADVISORY'],
    ['PARTIAL', 'PARTIAL'],
]);
/**
 * Every criterion and finding of the report with its result; blockers are FAIL, advisories ADVISORY, deferred items PARTIAL.
 * The findings decide, whatever decision stands under them; a HOLD without any failing finding is a FAIL with its reason.
 * A word that is not known, a missing decision (the report may be cut off) and another day's report are never a pass.
 */
async function readReport(config, context) {
    const options = { path: config.path, maxBytes: _agent_document_js__WEBPACK_IMPORTED_MODULE_0__/* .MAX_DOCUMENT_BYTES */ .b };
    const { read, problems } = await (0,_read_each_js__WEBPACK_IMPORTED_MODULE_1__/* .readEach */ .e)(config, options, context, async (file) => {
        const { data } = await (0,_agent_document_js__WEBPACK_IMPORTED_MODULE_0__/* .readAgentDocument */ .N)(file, isReport, context.signal);
        return data;
    });
    const readings = read.map(({ file, value }) => judge(config, value, file.path, context.day));
    return {
        source: config.name,
        findings: (0,_bounded_js__WEBPACK_IMPORTED_MODULE_2__/* .bounded */ .M)([...problems, ...readings.flatMap(({ findings }) => findings)]),
        complete: problems.length === 0 && readings.every(({ usable }) => usable),
        standing: false,
    };
}
/** Whether the mapping is an agent's report: it has a decision or results. */
function isReport(data) {
    return 'criteria_results' in data || 'findings' in data || decisionsOf(data).length > 0;
}
/** The result of a word; `undefined` for one that is not known. */
function resultOf(word) {
    return resultWords.get(word?.trim().toUpperCase() ?? '');
}
/** What is wrong when the document speaks of another day than it should. */
function otherDay(data, day) {
    if (data.day === undefined || data.day === null)
        return undefined;
    const written = String(data.day).trim();
    if (/^(?:day[- ]?)?0*(\d+)$/i.exec(written)?.[1] === String(day))
        return undefined;
    return `It speaks of day ${written.slice(0, 40)}, not of day ${day}: it is left over from another run, or misfiled.`;
}
function judge(config, data, file, day) {
    const refusal = isReport(data) ? otherDay(data, day) : 'It holds no report: neither results nor a decision.';
    if (refusal !== undefined)
        return { findings: [(0,_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .unusable */ ._P)(config, `${file} is for this day`, refusal, { file })], usable: false };
    const findings = [...(0,_agent_items_js__WEBPACK_IMPORTED_MODULE_4__/* .agentItems */ .q)(data.criteria_results), ...(0,_agent_items_js__WEBPACK_IMPORTED_MODULE_4__/* .agentItems */ .q)(data.findings)].map((item) => resultFinding(config, item, file));
    addList(findings, config.name, data.blockers, 'FAIL', 'named as a blocker');
    addList(findings, config.name, data.advisories, 'ADVISORY', 'named as an advisory');
    addList(findings, config.name, data.deferred, 'PARTIAL', 'deferred');
    const decision = decisionFinding(config, data, findings, file);
    return { findings: [...findings, ...decision.findings], usable: decision.known };
}
function resultFinding(config, { text, word, proof }, file) {
    const result = resultOf(word);
    if (result !== undefined) {
        return { source: config.name, check: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_5__/* .checkText */ .qW)(text), result, evidence: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_5__/* .proofText */ .Qw)(proof || 'no evidence given') };
    }
    const why = word === undefined ? 'It has no result.' : `Its result "${word.slice(0, 60)}" is not a word that is known.`;
    return (0,_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .unusable */ ._P)(config, text, `${why} Known are PASS, FAIL, PARTIAL and ADVISORY. ${proof ?? ''}`, { file });
}
function addList(findings, source, list, result, words) {
    const known = new Set(findings.filter((one) => one.result !== 'PASS').map(({ check }) => (0,_same_text_js__WEBPACK_IMPORTED_MODULE_6__/* .normalised */ .Z)(check)));
    for (const { text, proof } of (0,_agent_items_js__WEBPACK_IMPORTED_MODULE_4__/* .agentItems */ .q)(list)) {
        const check = (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_5__/* .checkText */ .qW)(text);
        if (known.has((0,_same_text_js__WEBPACK_IMPORTED_MODULE_6__/* .normalised */ .Z)(check)))
            continue;
        known.add((0,_same_text_js__WEBPACK_IMPORTED_MODULE_6__/* .normalised */ .Z)(check));
        findings.push({ source, check, result, evidence: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_5__/* .proofText */ .Qw)(proof || words) });
    }
}
function decisionsOf(data) {
    return Object.keys(data).filter((key) => key === 'decision' || key.endsWith('_decision'));
}
/** What the decision says beyond the findings; nothing where a failing finding already says it. */
function decisionFinding(config, data, findings, file) {
    const words = decisionsOf(data).map((key) => String(data[key] ?? '')
        .trim()
        .toUpperCase());
    const strange = words.find((word) => !['SHIP', 'HOLD', 'ADVISORY'].includes(word));
    if (words.length === 0 || strange !== undefined) {
        const why = strange === undefined
            ? 'It has no decision: it may be cut off.'
            : `Its decision "${strange.slice(0, 60)}" is not known.`;
        const finding = (0,_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .unusable */ ._P)(config, 'decision', `${why} Known are SHIP, HOLD and ADVISORY.`, { file });
        return { findings: [finding], known: false };
    }
    const has = (result) => findings.some((finding) => finding.result === result);
    if (has('FAIL'))
        return { findings: [], known: true };
    const reason = (0,_agent_items_js__WEBPACK_IMPORTED_MODULE_4__/* .agentItems */ .q)(data.hold_reason)[0]?.text;
    const decided = (result, words) => ({
        findings: [{ source: config.name, check: 'decision', result, evidence: (0,_finding_text_js__WEBPACK_IMPORTED_MODULE_5__/* .proofText */ .Qw)(words) }],
        known: true,
    });
    if (words.includes('HOLD'))
        return decided('FAIL', reason ?? 'HOLD, and no reason is given');
    if (!words.includes('ADVISORY'))
        return decided('PASS', 'SHIP');
    return has('ADVISORY')
        ? { findings: [], known: true }
        : decided('ADVISORY', reason ?? 'ADVISORY, and no finding says why');
}


/***/ }),

/***/ 2733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ idsOf),
/* harmony export */   Z: () => (/* binding */ normalised)
/* harmony export */ });
/**
 * When two texts mean the same criterion. Strict on purpose: a short text inside a longer one must never count as it.
 *
 * Equal are texts that differ only in case, white space, quotes, Markdown emphasis, a list mark or check box, an id or number
 * in front, and punctuation at the end. An id (`AC1`, `AC-1:`, `[FR-2.1]`) means the criterion with that id, whatever text
 * follows. A bare number means one only where nothing else is written.
 */
/** Nobody writes a longer criterion; what is longer is compared by its beginning. */
const LONGEST = 2_000;
// letters and digits, then what separates an id from its sentence
const ID = /^[[(]?([a-z]{1,6})[-_ ]?(\d{1,4}(?:\.\d{1,4})*)(?:[\])]|\s*[:.)]\s|\s+[-–—]\s|\s*:?$)\s*/i;
const MARKS = /^\s*(?:[-*+•]\s+)?(?:\[[ xX]\]\s+)?/;
const NUMBER = /^\(?#?\d{1,4}[.):]\s+/;
/** The text by which criteria are compared; empty when nothing is left of it. */
function normalised(text) {
    return stripped(text)
        .replace(ID, '')
        .replace(NUMBER, '')
        .toLowerCase()
        .replace(/[\s.;,:!]+$/u, '')
        .replace(/\s+/g, ' ')
        .trim();
}
/** The ids that a text or an explicit id field names, such as `ac1` or `7`. */
function idsOf(text, id) {
    const plain = stripped(text);
    const [, letters, digits] = ID.exec(plain) ?? [];
    const ids = letters === undefined ? [] : [`${letters}${digits}`.toLowerCase()];
    if (/^#?\d{1,4}\.?$/.test(plain))
        ids.push(plain.replace(/\D/g, ''));
    if (id !== undefined && id.trim() !== '')
        ids.push(id.toLowerCase().replace(/[^a-z0-9.]/g, ''));
    return ids;
}
function stripped(text) {
    return text
        .slice(0, LONGEST)
        .normalize('NFKC')
        .replace(MARKS, '')
        .replace(/[*`"'“”‘’]/g, '')
        .trim();
}


/***/ })

};
