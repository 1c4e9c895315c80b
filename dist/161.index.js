export const id = 161;
export const ids = [161];
export const modules = {

/***/ 5161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readSarif: () => (/* binding */ readSarif)
});

// EXTERNAL MODULE: ./build/src/gate/evidence/fault.js
var fault = __webpack_require__(1915);
// EXTERNAL MODULE: ./build/src/gate/evidence/finding-text.js
var finding_text = __webpack_require__(1844);
// EXTERNAL MODULE: ./build/src/gate/evidence/json.js
var json = __webpack_require__(893);
// EXTERNAL MODULE: ./build/src/gate/evidence/read-each.js
var read_each = __webpack_require__(2989);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/gate/evidence/workspace.js
var workspace = __webpack_require__(6246);
;// CONCATENATED MODULE: ./build/src/gate/evidence/sarif-location.js
/** Where a SARIF result points: a path relative to the workspace, whatever way the scanner writes it. */



const MAX_BASES = 10;
/** The first location (§3.27.12): the others, if any, belong to the same problem. */
function placeOfResult(result, run, cwd) {
    const location = (0,json/* objects */.JD)(result.locations)[0];
    if (location === undefined)
        return {};
    const physical = (0,json/* isObject */.Gv)(location.physicalLocation) ? location.physicalLocation : {};
    const artifact = (0,json/* isObject */.Gv)(physical.artifactLocation) ? physical.artifactLocation : undefined;
    const address = artifact === undefined ? undefined : addressOf(artifact, run);
    if (address === undefined)
        return logicalPlace(location);
    const file = address.candidates.map((path) => (0,workspace/* reportedPath */.nD)(path, cwd)).find((path) => path !== undefined);
    const region = (0,json/* isObject */.Gv)(physical.region) ? physical.region : {};
    const line = (0,json/* indexOf */.qh)(region.startLine) || undefined;
    const column = (0,json/* indexOf */.qh)(region.startColumn) || undefined;
    if (file === undefined)
        return { shown: address.shown };
    return { shown: file, file, ...(line && { line }), ...(line && column && { column }) };
}
function logicalPlace(location) {
    const logical = (0,json/* objects */.JD)(location.logicalLocations)[0];
    const shown = (0,json/* stringOf */.Je)(logical?.fullyQualifiedName) ?? (0,json/* stringOf */.Je)(logical?.name);
    return shown === undefined ? {} : { shown };
}
/** §3.4. A base that is not below the workspace is taken for the workspace itself: containers mount it elsewhere. */
function addressOf(artifact, run) {
    const listed = Array.isArray(run.artifacts) ? run.artifacts[(0,json/* indexOf */.qh)(artifact.index) ?? -1] : undefined;
    const indexed = (0,json/* isObject */.Gv)(listed) ? listed.location : undefined;
    const location = (0,json/* stringOf */.Je)(artifact.uri) === undefined && (0,json/* isObject */.Gv)(indexed) ? indexed : artifact;
    const uri = (0,json/* stringOf */.Je)(location.uri);
    if (uri === undefined || uri === '')
        return undefined;
    const path = decoded(uri);
    if (/^[a-z][a-z0-9+.-]+:/i.test(uri))
        return { shown: path.replace(/^file:\/\/[^/]*/i, ''), candidates: [uri] };
    const base = baseOf((0,json/* stringOf */.Je)(location.uriBaseId), run);
    const based = base === undefined ? [] : [/^file:/i.test(base) ? base + uri : decoded(base + uri)];
    return { shown: external_node_path_.posix.normalize(path), candidates: [...based, path] };
}
/** §3.14.14: bases may stand on other bases. */
function baseOf(id, run) {
    const bases = (0,json/* isObject */.Gv)(run.originalUriBaseIds) ? run.originalUriBaseIds : {};
    let path;
    for (let name = id, depth = 0; name !== undefined && depth < MAX_BASES; depth += 1) {
        const base = Object.hasOwn(bases, name) ? bases[name] : undefined;
        if (!(0,json/* isObject */.Gv)(base))
            break;
        const uri = (0,json/* stringOf */.Je)(base.uri);
        if (uri !== undefined)
            path = `${uri}${uri.endsWith('/') ? '' : '/'}${path ?? ''}`;
        name = (0,json/* stringOf */.Je)(base.uriBaseId);
    }
    return path;
}
function decoded(uri) {
    try {
        return decodeURIComponent(uri);
    }
    catch {
        return uri;
    }
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/sarif-result.js
/** One result of a SARIF run in the words of the gate. */


/** Of a message and of each of its arguments: together they must stay small. */
const LONGEST = 2_000;
function sarifResult(result, run, rules, cwd) {
    const rule = rules.ruleOf(result);
    const { shown, ...place } = placeOfResult(result, run, cwd);
    const id = (0,json/* stringOf */.Je)(result.ruleId) ?? ((0,json/* isObject */.Gv)(result.rule) ? (0,json/* stringOf */.Je)(result.rule.id) : undefined) ?? (0,json/* stringOf */.Je)(rule?.id);
    const message = () => messageOf(result, rule);
    return {
        level: levelOf(result, rule, rules),
        suppressed: isSuppressed(result),
        inBaseline: result.baselineState === 'unchanged' || result.baselineState === 'absent',
        // without a rule the message is all that tells two results apart
        check: `${id ?? (message().split('\n')[0] || 'no rule')}${shown === undefined ? '' : ` in ${shown}`}`,
        place,
        message,
        help: () => helpOf(rule),
    };
}
/** §3.27.9, §3.27.10: only kind `fail`, the default, has a level. A word that SARIF does not know counts as an error. */
function levelOf(result, rule, rules) {
    const { kind } = result;
    if (typeof kind === 'string' && ['pass', 'open', 'informational', 'notApplicable', 'review'].includes(kind))
        return 'other';
    const level = (0,json/* stringOf */.Je)(result.level) ?? rules.levelOf(result, rule);
    if (level === 'warning')
        return 'warning';
    return level === 'note' || level === 'none' ? 'other' : 'error';
}
/** §3.27.23, §3.35.3: suppressed when there is a suppression and none of them is under review or rejected. */
function isSuppressed({ suppressions }) {
    const all = (0,json/* objects */.JD)(suppressions);
    return all.length > 0 && all.every(({ status }) => status === undefined || status === null || status === 'accepted');
}
/** §3.11: text, or a message of the rule with placeholders. */
function messageOf(result, rule) {
    const message = (0,json/* isObject */.Gv)(result.message) ? result.message : {};
    const text = (0,json/* stringOf */.Je)(message.text) ?? (0,json/* stringOf */.Je)(message.markdown) ?? ruleMessage((0,json/* stringOf */.Je)(message.id), rule);
    const words = Array.isArray(message.arguments) ? message.arguments : [];
    return (text
        ?.slice(0, LONGEST)
        .replace(/\{(\d{1,3})\}/g, (whole, index) => (0,json/* stringOf */.Je)(words[Number(index)])?.slice(0, LONGEST) ?? whole) ||
        textOf(rule?.shortDescription) ||
        textOf(rule?.fullDescription) ||
        'no message');
}
function ruleMessage(id, rule) {
    if (id === undefined || !(0,json/* isObject */.Gv)(rule?.messageStrings) || !Object.hasOwn(rule.messageStrings, id))
        return undefined;
    return textOf(rule.messageStrings[id]);
}
function textOf(message) {
    return (0,json/* isObject */.Gv)(message) ? (0,json/* stringOf */.Je)(message.text) : undefined;
}
function helpOf(rule) {
    const uri = (0,json/* stringOf */.Je)(rule?.helpUri);
    if (uri === undefined || !URL.canParse(uri))
        return {};
    const { protocol, href } = new URL(uri);
    return /^https?:$/.test(protocol) && href.length <= 500 ? { url: href } : {};
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/sarif-rules.js
/** Finds the rule that a SARIF result speaks of, and the level that the run gives it. */

function createRuleBook(run) {
    const tool = (0,json/* isObject */.Gv)(run.tool) ? run.tool : {};
    const find = createFinder(component((0,json/* isObject */.Gv)(tool.driver) ? tool.driver : {}), (0,json/* objects */.JD)(tool.extensions));
    const overrides = createOverrides(Array.isArray(run.invocations) ? run.invocations : [], find);
    return {
        ruleOf: (result) => find(reference({ ...((0,json/* isObject */.Gv)(result.rule) ? result.rule : {}), ...ownReference(result) })),
        levelOf: (result, rule) => overrides(result, rule) ?? configuredLevel(rule?.defaultConfiguration) ?? 'warning',
    };
}
function reference(value) {
    if (!(0,json/* isObject */.Gv)(value))
        return {};
    const id = (0,json/* stringOf */.Je)(value.id);
    const index = (0,json/* indexOf */.qh)(value.index);
    const guid = (0,json/* stringOf */.Je)(value.guid);
    return {
        ...(id === undefined ? {} : { id }),
        ...(index === undefined ? {} : { index }),
        ...(guid === undefined ? {} : { guid }),
        ...((0,json/* isObject */.Gv)(value.toolComponent) ? { toolComponent: value.toolComponent } : {}),
    };
}
function ownReference({ ruleId, ruleIndex }) {
    return {
        ...((0,json/* stringOf */.Je)(ruleId) === undefined ? {} : { id: ruleId }),
        ...((0,json/* indexOf */.qh)(ruleIndex) === undefined ? {} : { index: ruleIndex }),
    };
}
function component({ rules }) {
    const list = Array.isArray(rules) ? rules.map((rule) => ((0,json/* isObject */.Gv)(rule) ? rule : {})) : [];
    return {
        rules: list,
        byId: new Map(list.map((rule) => [(0,json/* stringOf */.Je)(rule.id) ?? '', rule])),
        byGuid: new Map(list.map((rule) => [(0,json/* stringOf */.Je)(rule.guid) ?? '', rule])),
    };
}
function createFinder(driver, extensions) {
    const others = extensions.map(component);
    function componentOf({ toolComponent }) {
        if (toolComponent === undefined)
            return [driver, ...others];
        const index = (0,json/* indexOf */.qh)(toolComponent.index);
        const named = index === undefined
            ? others.find((_, position) => isNamed(extensions[position] ?? {}, toolComponent))
            : others[index];
        return [named ?? driver];
    }
    return (wanted) => {
        const components = componentOf(wanted);
        const first = components[0];
        const indexed = wanted.index === undefined ? undefined : first?.rules[wanted.index];
        if (indexed !== undefined && agrees(indexed, wanted.id))
            return indexed;
        const same = components.map(({ byGuid }) => byGuid.get(wanted.guid ?? ' ')).find((rule) => rule !== undefined);
        if (same !== undefined)
            return same;
        return wanted.id === undefined ? undefined : byId(components, wanted.id);
    };
}
function isNamed(extension, { name, guid }) {
    return (guid !== undefined && extension.guid === guid) || (name !== undefined && extension.name === name);
}
function agrees(rule, id) {
    return id === undefined || rule.id === id || id.startsWith(`${(0,json/* stringOf */.Je)(rule.id) ?? id}/`);
}
function byId(components, id) {
    for (let name = id; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
        for (const { byId } of components) {
            const rule = byId.get(name);
            if (rule !== undefined)
                return rule;
        }
    }
    return undefined;
}
/** §3.20.5. The one invocation of a run is meant also where `provenance` does not say so. */
function createOverrides(invocations, find) {
    const levels = invocations.map((invocation) => {
        const overrides = (0,json/* isObject */.Gv)(invocation) ? (0,json/* objects */.JD)(invocation.ruleConfigurationOverrides) : [];
        return new Map(overrides.map((one) => [find(reference(one.descriptor)), configuredLevel(one.configuration)]));
    });
    return (result, rule) => {
        const given = (0,json/* isObject */.Gv)(result.provenance) ? (0,json/* indexOf */.qh)(result.provenance.invocationIndex) : undefined;
        const index = given ?? (levels.length === 1 ? 0 : -1);
        return rule === undefined ? undefined : levels[index]?.get(rule);
    };
}
function configuredLevel(configuration) {
    return (0,json/* isObject */.Gv)(configuration) ? (0,json/* stringOf */.Je)(configuration.level) : undefined;
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/sarif-run.js


const LISTED = 10;
function toolName(run) {
    const driver = (0,json/* isObject */.Gv)(run.tool) && (0,json/* isObject */.Gv)(run.tool.driver) ? run.tool.driver : {};
    return (0,json/* stringOf */.Je)(driver.name) ?? 'a tool without a name';
}
/** §3.20.14, §3.20.21, §3.20.22: what an invocation says about its own failure; one FAIL each, at most 10. */
function scanTroubles(run, source, file) {
    const tool = toolName(run);
    const texts = new Set();
    for (const invocation of (0,json/* objects */.JD)(run.invocations)) {
        const notices = errorNotices(invocation);
        for (const notice of notices)
            texts.add(notice);
        if (invocation.executionSuccessful === false && notices.length === 0)
            texts.add(ending(invocation));
    }
    return [...texts].slice(0, LISTED).map((text) => ({
        source,
        check: (0,finding_text/* checkText */.qW)(`${tool} ran to its end`),
        result: 'FAIL',
        evidence: (0,finding_text/* proofText */.Qw)(`${file}: ${text}`),
    }));
}
function errorNotices(invocation) {
    const notices = [
        ...(0,json/* objects */.JD)(invocation.toolExecutionNotifications),
        ...(0,json/* objects */.JD)(invocation.toolConfigurationNotifications),
    ];
    return notices
        .filter(({ level }) => level === 'error')
        .map(({ message }) => ((0,json/* isObject */.Gv)(message) && (0,json/* stringOf */.Je)(message.text)) || 'An error without a message.');
}
function ending({ exitCode, exitCodeDescription, exitSignalName }) {
    const details = [
        typeof exitCode === 'number' ? `exit code ${exitCode}` : undefined,
        (0,json/* stringOf */.Je)(exitCodeDescription),
        (0,json/* stringOf */.Je)(exitSignalName),
    ].filter((detail) => detail !== undefined);
    return `The scan did not succeed${details.length > 0 ? ` (${details.join(', ')})` : ''}.`;
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/sarif.js







const sarif_LISTED = 50;
/**
 * Level error is a FAIL, warning an ADVISORY, everything else is only counted; 50 of each are listed, the rest in one finding.
 * A check is named by rule and file, without the line: it stays the same when code above it moves.
 */
async function readSarif(config, context) {
    const tally = {
        errors: new Map(),
        warnings: new Map(),
        moreErrors: 0,
        moreWarnings: 0,
        notes: 0,
        suppressed: 0,
        known: 0,
        tools: new Set(),
        troubles: [],
        unscanned: 0,
    };
    const { read, problems } = await (0,read_each/* readEach */.e)(config, config, context, async (file) => {
        readLog(await (0,json/* parseJson */.qF)(file, context.signal), file, tally, config, context);
    });
    const findings = [
        ...problems,
        ...tally.troubles,
        ...listed(config.name, tally.errors, tally.moreErrors, 'FAIL', 'further errors'),
        ...listed(config.name, tally.warnings, tally.moreWarnings, 'ADVISORY', 'further warnings'),
    ];
    if (read.length > tally.unscanned && tally.troubles.length === 0) {
        findings.push(...summary(config.name, tally, findings.length > 0));
    }
    const complete = problems.length + tally.troubles.length + tally.unscanned + tally.moreWarnings === 0;
    return { source: config.name, findings, complete, standing: true };
}
function readLog(log, file, tally, config, context) {
    const runs = runsOf(log, file);
    let scanned = 0;
    for (const run of runs) {
        if (Array.isArray(run.results))
            scanned += 1;
        else
            tally.troubles.push(neverRan(config, run, file));
        tally.troubles.push(...scanTroubles(run, config.name, file.path));
        tally.tools.add(toolName(run));
        countResults(run, file, tally, config, context);
    }
    if (runs.length === 0)
        tally.troubles.push((0,fault/* missing */.LO)(config, 'was run', `${file.path} holds no run: the scan never ran.`));
    if (scanned === 0)
        tally.unscanned += 1;
}
function runsOf(log, file) {
    if (!(0,json/* isObject */.Gv)(log) || !Array.isArray(log.runs)) {
        throw new fault/* EvidenceFault */.wN('This is not SARIF: it has no `runs`.', { file: file.path, line: 1, column: 1 });
    }
    if (!(0,json/* stringOf */.Je)(log.version)?.startsWith('2.1.')) {
        const version = JSON.stringify(log.version ?? null).slice(0, 40);
        throw new fault/* EvidenceFault */.wN(`SARIF version ${version} is not read; have the scanner write 2.1.0.`, { file: file.path });
    }
    if (!log.runs.every(json/* isObject */.Gv))
        throw new fault/* EvidenceFault */.wN('A run in it is not an object.', { file: file.path });
    return log.runs;
}
/** §3.14.23: `results` is absent when the tool was not made to scan; a scan that found nothing leaves an empty array. */
function neverRan(config, run, file) {
    const outside = (0,json/* isObject */.Gv)(run.externalPropertyFileReferences) && run.externalPropertyFileReferences.results;
    if (run.results !== undefined && run.results !== null) {
        return (0,fault/* unusable */._P)(config, `${file.path} is readable`, '`results` of a run is not a list.', { file: file.path });
    }
    if (!outside)
        return (0,fault/* missing */.LO)(config, 'was run', `${toolName(run)} in ${file.path} has no results, not even an empty list.`);
    const why = 'It keeps its results in other files, which PACE does not read. Have the scanner write them inline.';
    return (0,fault/* unusable */._P)(config, `${file.path} is readable`, why, { file: file.path });
}
function countResults(run, file, tally, { name, ignore_baseline }, { world }) {
    if (!Array.isArray(run.results))
        return;
    const rules = createRuleBook(run);
    const results = (0,json/* objects */.JD)(run.results);
    if (results.length < run.results.length) {
        throw new fault/* EvidenceFault */.wN('A result in it is not an object.', { file: file.path });
    }
    for (const json of results) {
        const result = sarifResult(json, run, rules, world.cwd);
        if (result.suppressed)
            tally.suppressed += 1;
        else if (ignore_baseline && result.inBaseline)
            tally.known += 1;
        else if (result.level === 'error')
            tally.moreErrors += keep(tally.errors, 'FAIL');
        else if (result.level === 'warning')
            tally.moreWarnings += keep(tally.warnings, 'ADVISORY');
        else
            tally.notes += 1;
        function keep(kept, verdict) {
            const key = JSON.stringify([result.check, result.place]);
            if (kept.has(key))
                return 0;
            if (kept.size >= sarif_LISTED)
                return 1;
            kept.set(key, {
                source: name,
                check: (0,finding_text/* checkText */.qW)(result.check),
                result: verdict,
                evidence: (0,finding_text/* proofText */.Qw)(result.message()),
                ...result.place,
                ...result.help(),
            });
            return 0;
        }
    }
}
function listed(source, kept, more, result, check) {
    if (more === 0)
        return [...kept.values()];
    return [...kept.values(), { source, check, result, evidence: `and ${(0,finding_text/* grouped */.zD)(more)} more` }];
}
/** What was seen and does not count; for a clean scan the words that it was one. */
function summary(source, tally, found) {
    const parts = [
        found ? '' : 'nothing that counts was found',
        tally.notes > 0 ? `${(0,finding_text/* count */.U9)(tally.notes, 'note')} or informational` : '',
        tally.suppressed > 0 ? `${(0,finding_text/* grouped */.zD)(tally.suppressed)} suppressed` : '',
        tally.known > 0 ? `${(0,finding_text/* grouped */.zD)(tally.known)} known from the baseline` : '',
    ].filter((part) => part !== '');
    if (parts.length === 0)
        return [];
    const evidence = (0,finding_text/* proofText */.Qw)(`${[...tally.tools].join(', ')}: ${parts.join(', ')}`);
    return [{ source, check: found ? 'what does not count' : 'scan', result: 'PASS', evidence }];
}


/***/ })

};
