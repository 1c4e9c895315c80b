export const id = 77;
export const ids = [77];
export const modules = {

/***/ 5077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ loadConfig)
});

// UNUSED EXPORTS: checkConfig

// EXTERNAL MODULE: ./build/platforms/index.js + 11 modules
var platforms = __webpack_require__(2002);
// EXTERNAL MODULE: ./build/src/config/detect.js
var detect = __webpack_require__(9977);
// EXTERNAL MODULE: ./build/src/config/locate.js
var locate = __webpack_require__(1872);
// EXTERNAL MODULE: ./build/src/config/problems.js
var config_problems = __webpack_require__(1922);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/platforms/secret-shapes.js
var secret_shapes = __webpack_require__(7226);
// EXTERNAL MODULE: ./build/src/config/positions.js
var positions = __webpack_require__(3764);
// EXTERNAL MODULE: ./build/src/config/yaml-tree.js
var yaml_tree = __webpack_require__(734);
;// CONCATENATED MODULE: ./build/src/config/secrets.js
/** Secrets never stand in a file that is committed: finding those that do, and reading references to the environment. */





const REMEDY = 'Please keep it in an environment variable and write `env:NAME` here. If it was ever committed or shared, revoke it.';
/** Everything in the file that is a credential: by its shape, also in comments, or by the name of its key. */
function literalSecrets(yaml) {
    const shaped = (0,secret_shapes/* findSecrets */.dL)(yaml.text).map(({ what, start, end }) => ({
        ...{ what: `This looks like ${what}`, start, end },
        text: yaml.text.slice(start, end),
    }));
    const named = namedSecrets(yaml).filter((literal) => !shaped.some(({ start, end }) => start < literal.end && literal.start < end));
    return {
        problems: [...shaped, ...named].map(({ what, start }) => yaml.problemAtOffset(start, `${what}, and a secret may not stand in this file. ${REMEDY}`)),
        redact: redactionOf(named.map(({ text }) => text)),
    };
}
function redactionOf(secrets) {
    // hiding a text of one or two letters would only make every message unreadable
    const texts = [...new Set(secrets)].filter(({ length }) => length > 3).sort((a, b) => b.length - a.length);
    // looking for thousands of texts would take minutes: nothing is shown then
    if (texts.length > config_problems/* MAX_PROBLEMS */.aZ)
        return () => '***';
    return (text) => texts.reduce((rest, secret) => rest.replaceAll(secret, '***'), (0,secret_shapes/* hideSecrets */.s0)(text));
}
function namedSecrets(yaml) {
    const found = [];
    const targets = (0,yaml_tree/* aliasTargets */.P)(yaml.document);
    (0,dist/* visit */.YR)(yaml.document, {
        Pair(_, pair) {
            const literal = literalOf(targets, pair);
            if (literal)
                found.push(literal);
        },
    });
    return found;
}
function literalOf(targets, pair) {
    const key = (0,positions/* keyText */.Pu)(pair) ?? '';
    if (!isSecretKey(key))
        return undefined;
    const node = targets.get(pair.value) ?? pair.value;
    if (!(0,dist/* isScalar */.jn)(node))
        return undefined;
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const harmless = text === '' || typeof node.value === 'boolean' || node.value === null || isReference(text);
    if (harmless || (typeof node.value === 'number' && !isSecretWord(key)))
        return undefined;
    const start = (0,positions/* startOf */.GH)(pair.value) ?? 0;
    return { text, start, end: node.range?.[1] ?? start, what: `\`${key}\` holds a secret` };
}
const SECRET_KEY = /(?:^|_)(?:token|password|passwd|passphrase|secret|api_?key|access_key|private_key|credentials?)$/;
/** Whether a value under this key can only be a credential. */
function isSecretKey(key) {
    const words = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
    return SECRET_KEY.test(words.toLowerCase());
}
// `max_token: 4096` is no secret, `password: 4096` is
function isSecretWord(key) {
    return !/[_-]/.test(key);
}
const VARIABLE = '[A-Za-z_][A-Za-z0-9_]*';
const WHOLE = new RegExp(`^(?:env:(${VARIABLE})|\\$\\{(${VARIABLE})\\})$`);
const INSIDE = new RegExp(`\\$\\{(${VARIABLE})\\}`, 'g');
/** Whether a text is a reference to an environment variable and nothing else: `env:NAME` or `${NAME}`. */
function isReference(text) {
    return WHOLE.test(text);
}
/** A text with `env:NAME` (as a whole) and `${NAME}` (anywhere) replaced from the environment. */
function resolveReferences(text, env) {
    const missing = [];
    const lookUp = (name) => {
        const value = Object.hasOwn(env, name) ? env[name] : undefined;
        if (!value)
            missing.push(name);
        return value ?? '';
    };
    const whole = WHOLE.exec(text);
    const name = whole?.[1] ?? whole?.[2];
    if (name !== undefined)
        return { text: lookUp(name), missing, malformed: false };
    const malformed = text.startsWith('env:') || text.replace(INSIDE, '').includes('${');
    return { text: text.replace(INSIDE, (_, inside) => lookUp(inside)), missing, malformed };
}

// EXTERNAL MODULE: ./build/src/config/suggest.js
var suggest = __webpack_require__(234);
;// CONCATENATED MODULE: ./build/src/config/platform-sections.js



/** Wrong keys, and secrets that stand there in plain text. */
function sectionProblems(options) {
    const { yaml, platform, section, redact } = options;
    return entriesOf(section).flatMap(([key, value]) => {
        const path = [platform.name, key];
        const need = platform.needs.find((candidate) => candidate.key === key);
        if (!need)
            return [yaml.problemAt(path, unknownSetting(platform, redact(key)), 'key')];
        if (need.secret && value !== '' && !isReference(String(value))) {
            const variable = need.env[0] ?? 'NAME';
            return [
                yaml.problemAt(path, `\`${platform.name}.${key}\` is a secret and may not stand in this file. Please write \`env:${variable}\`.`),
            ];
        }
        const malformed = typeof value === 'string' && resolveReferences(value, {}).malformed;
        if (!malformed)
            return [];
        return [
            yaml.problemAt(path, `\`${platform.name}.${key}\` is no reference to a variable: ${(0,config_problems/* show */.WU)(value, redact)}. Write \`env:NAME\`, or \`\${NAME}\` inside a text.`),
        ];
    });
}
// finding the place of a key takes longer the more of them there are
function entriesOf(section) {
    return Object.entries(section).slice(0, config_problems/* MAX_PROBLEMS */.aZ);
}
function unknownSetting(platform, key) {
    const known = platform.needs.map((need) => need.key);
    const hint = (0,suggest/* didYouMean */.a)(key, known) || (known.length > 0 ? ` Known keys: ${known.join(', ')}.` : '');
    return `Unknown key \`${key}\` in \`${platform.name}\`.${hint}`;
}
/** Names of the environment variables that a section refers to. */
function variablesIn(section) {
    return Object.values(section).flatMap((value) => typeof value === 'string' ? resolveReferences(value, {}).missing : []);
}
/** The settings of a section with every reference replaced; a problem for each variable that is not set. */
function resolveSection(options) {
    const { yaml, name, section, env } = options;
    const settings = {};
    const problems = [];
    for (const [key, value] of entriesOf(section)) {
        if (value === null || typeof value === 'object')
            continue;
        const { text, missing } = resolveReferences(String(value), env);
        if (missing.length === 0)
            settings[key] = text;
        for (const variable of missing) {
            problems.push(yaml.problemAt([name, key], `The environment variable ${variable} is not set, or empty. Please set it in the job's environment.`));
        }
    }
    return { settings, problems };
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/core.js
var core = __webpack_require__(8532);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
;// CONCATENATED MODULE: ./build/src/config/values.js
/** Kinds of value that several keys of the configuration take. */

const values_text = schemas/* string */.YjP().min(1);
const effect = schemas/* enum */.k5n(['hold', 'advisory', 'ship']);
const calendarDate = iso/* date */.p6();
const weekday = schemas/* enum */.k5n(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const timeZone = schemas/* string */.YjP().refine(isTimeZone, 'is not a time zone; write a name such as Europe/Berlin');
function isTimeZone(name) {
    try {
        new Intl.DateTimeFormat('en', { timeZone: name });
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/src/config/evidence-schema.js
/** One kind of `evidence` each: what the gate reads besides the commit's own checks. */


const source = (example) => ({
    name: values_text
        .describe('Name shown in every table; the pattern of a waiver is matched against `name: check`.')
        .meta({ examples: [example] }),
    on_missing: effect
        .default('hold')
        .describe('What happens when nothing matches the path: `hold`, `advisory` or `ship`.'),
});
const path = values_text.describe('Path or glob below the workspace; `{day}` stands for the day.');
const pathLike = (example) => path.meta({ examples: [example] });
const junit = schemas/* strictObject */.rej({
    type: schemas/* literal */.euz('junit')
        .describe('JUnit XML: failures, errors and "no test executed" hold; flaky reruns are an advisory.'),
    ...source('unit tests'),
    path: pathLike('**/junit*.xml'),
});
const sarif = schemas/* strictObject */.rej({
    type: schemas/* literal */.euz('sarif')
        .describe('SARIF 2.1: level error holds, warning is an advisory; suppressed results do not count.'),
    ...source('code scan'),
    path: pathLike('**/*.sarif'),
    ignore_baseline: schemas/* boolean */.zMY()
        .default(true)
        .describe('Results that the scanner marks as `unchanged` or `absent` against its baseline do not count.'),
});
const coverage = schemas/* strictObject */.rej({
    type: schemas/* literal */.euz('coverage').describe('Line coverage from lcov, Cobertura or an Istanbul summary.'),
    ...source('line coverage'),
    path: pathLike('coverage/lcov.info'),
    minimum: schemas/* number */.aig()
        .min(0)
        .max(100)
        .optional()
        .describe('Least line coverage, in percent.')
        .meta({ examples: [80] }),
    max_drop: schemas/* number */.aig()
        .min(0)
        .max(100)
        .optional()
        .describe('Largest allowed drop against the last day that shipped, in percentage points.')
        .meta({ examples: [1] }),
});
const command = schemas/* strictObject */.rej({
    type: schemas/* literal */.euz('command').describe('A command; any exit code but 0 holds. Its last lines are the proof.'),
    ...source('licences'),
    run: values_text
        .describe('Given to `sh -c` in the workspace. `{day}` stands for the day.')
        .meta({ examples: ['npm run licences'] }),
    timeout_seconds: schemas/* number */.aig().positive().max(21_600).default(600).describe('Ended after this time; that holds.'),
    env: schemas/* array */.YOg(values_text)
        .default([])
        .describe('Names of further environment variables that it may see. Credentials of PACE are never passed on otherwise.'),
});
const report = schemas/* strictObject */.rej({
    type: schemas/* literal */.euz('report').describe("The report of a PACE agent (gate, sentinel, conduit) in the day's folder."),
    ...source('gate'),
    path: path
        .default('.pace/day-{day}/{name}{,-report}.{md,yaml,yml}')
        .describe('Path or glob; `{name}` is the name above.'),
});
const checklist = schemas/* strictObject */.rej({
    type: schemas/* literal */.euz('checklist')
        .describe("Every acceptance criterion of the story card must be met by the handoff or the agents' results."),
    ...source('acceptance'),
    story: values_text.default('.pace/day-{day}/story{,-card}.{md,yaml,yml}').describe('The story card.'),
    handoff: values_text.default('.pace/day-{day}/handoff.{md,yaml,yml}').describe('The handoff that answers it.'),
});
const evidenceSchema = schemas/* discriminatedUnion */.gMt('type', [junit, sarif, coverage, command, report, checklist]);
/** Findings, waivers and baselines know evidence by its name. */
function namesOnce(evidence, context) {
    const seen = new Set(['ci']);
    for (const [index, { name }] of evidence.entries()) {
        const message = name === 'ci' ? 'is kept for the checks of the commit' : 'is used twice; every name must differ';
        if (seen.has(name))
            context.addIssue({ code: 'custom', path: [index, 'name'], message });
        seen.add(name);
    }
}

;// CONCATENATED MODULE: ./build/src/config/schema.js
/**
 * The one definition of `pace.config.yaml`: types, defaults, messages, `pace.schema.json`, `pace.config.example.yaml` and
 * `docs/configuration.md` all come from here. Keys are written as people write them in YAML.
 */





// checked once per run: writing and compiling a function for it takes longer than the check
core/* config */.$W({ jitless: true });
const ciEffects = schemas/* strictObject */.rej({
    no_runs: effect.default('advisory').describe('No check was found for the commit.'),
    timeout: effect.default('hold').describe('Checks had not ended in time.'),
    cancelled: effect.default('hold').describe('A check was cancelled and not run again.'),
})
    .prefault({});
const ci = schemas/* strictObject */.rej({
    enabled: schemas/* boolean */.zMY().default(true).describe("Wait for the commit's checks and statuses, and judge them."),
    timeout_minutes: schemas/* number */.aig()
        .positive()
        .max(350)
        .default(15)
        .describe('Longest wait. A token of GitHub Actions lives six hours.'),
    poll_interval_seconds: schemas/* number */.aig()
        .min(1)
        .max(600)
        .default(20)
        .describe('Time between two looks at the start; it adapts.'),
    grace_seconds: schemas/* number */.aig()
        .min(0)
        .max(3600)
        .default(60)
        .describe('How long an empty set, or one that lacks an expected check, is waited for.'),
    settle_seconds: schemas/* number */.aig()
        .min(0)
        .max(600)
        .default(5)
        .describe('How long a finished set must stay the same before it is judged.'),
    expected: schemas/* array */.YOg(values_text).default([]).describe('Names (or globs) of checks that must be there.'),
    ignore: schemas/* array */.YOg(values_text).default([]).describe('Names (or globs) of checks that do not count.'),
    skipped: schemas/* enum */.k5n(['pass', 'fail']).default('pass').describe('How a skipped check counts.'),
    neutral: schemas/* enum */.k5n(['pass', 'fail']).default('pass').describe('How a neutral check counts.'),
    on: ciEffects.describe('What the results other than success and failure do.'),
})
    .prefault({});
const waiver = schemas/* strictObject */.rej({
    check: values_text.describe('Glob over `source: check`.').meta({ examples: ['unit tests: login*'] }),
    reason: values_text
        .describe('Why it may ship all the same; shown everywhere.')
        .meta({ examples: ['The fix waits for the next release of the library.'] }),
    owner: values_text.describe('Who answers for it.').meta({ examples: ['team-login'] }),
    sha: schemas/* string */.YjP()
        .regex(/^[0-9a-f]{7,40}$/, 'is a commit: 7 to 40 hexadecimal digits')
        .optional()
        .describe('Only for this commit.')
        .meta({ examples: ['0123abc'] }),
    expires: calendarDate
        .describe('Last day on which it holds good, in `sprint.timezone`.')
        .meta({ examples: ['2026-12-31'] }),
});
const gate = schemas/* strictObject */.rej({
    mode: schemas/* enum */.k5n(['enforce', 'observe'])
        .default('enforce')
        .describe('`observe` judges and reports, and never blocks or opens an issue.'),
    on_hold: schemas/* enum */.k5n(['fail', 'neutral'])
        .default('fail')
        .describe('`neutral`: a HOLD exits 0, so that the job stays green.'),
    on_unknown: schemas/* enum */.k5n(['pass', 'hold'])
        .default('pass')
        .describe("What PACE's own trouble does: let the pipeline go on, or hold."),
    retries: schemas/* number */.aig()
        .int()
        .min(0)
        .max(20)
        .default(0)
        .describe('How many attempts of a day may hold before it is escalated.'),
    clearance_every: schemas/* number */.aig()
        .int()
        .min(0)
        .max(365)
        .default(7)
        .describe('Every so many days all open advisories must be resolved. 0: never.'),
    status_context: values_text.default('pace/gate').describe('Name of the commit status.'),
})
    .prefault({});
const sprint = schemas/* strictObject */.rej({
    duration_days: schemas/* number */.aig().int().min(1).max(3660).default(30).describe('Length of the sprint, in gate days.'),
    start_date: calendarDate
        .optional()
        .describe("Date of day 1. The plan's `start_date` when absent.")
        .meta({ examples: ['2026-01-05'] }),
    timezone: timeZone
        .optional()
        .describe('Time zone of the days. `reporter.timezone`, else UTC, when absent.')
        .meta({ examples: ['Europe/Berlin'] }),
    working_days: schemas/* array */.YOg(weekday)
        .min(1)
        .default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
        .describe('Weekdays that count as gate days.'),
    holidays: schemas/* array */.YOg(calendarDate).default([]).describe('Dates that do not count.'),
    plan: values_text
        .optional()
        .describe('The plan; found at pace/plan.yaml, .pace/plan.yaml or plan.yaml when absent.')
        .meta({ examples: ['pace/plan.yaml'] }),
})
    .prefault({});
const sectionOfAnotherTool = schemas/* unknown */.L5J()
    .optional()
    .describe('Belongs to another PACE tool; accepted and not looked at.');
/** Sections of other PACE tools: accepted, and not looked at. */
const foreignSections = [
    'llm', 'forge', 'cost_control', 'training', 'cron', 'source', 'tech', 'updates', 'notifications', 'alerts', 'plugins',
    'release', 'releases', 'pace_version', 'framework_version',
]; // biome-ignore format: a list
/** Settings of one platform; checked against its own `needs`. */
const platformSection = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig(), schemas/* boolean */.zMY()]));
const platformSections = Object.fromEntries(platforms/* platformNames */.iJ.map((name) => [name, platformSection.optional().describe(`Settings of ${name}.`)]));
const side = schemas/* enum */.k5n(['auto', ...platforms/* platformNames */.iJ]);
/** The whole file. */
const configSchema = schemas/* strictObject */.rej({
    product: schemas/* strictObject */.rej({
        name: values_text.default('My Product').describe('Shown in summaries and in PROGRESS.md.'),
        description: schemas/* string */.YjP()
            .optional()
            .describe('One sentence about it.')
            .meta({ examples: ['It does one thing well.'] }),
        github_org: schemas/* string */.YjP()
            .optional()
            .describe('Used by other PACE tools.')
            .meta({ examples: ['my-org'] }),
    })
        .prefault({})
        .describe('What is being released.'),
    platform: schemas/* strictObject */.rej({
        ci: side.default('auto').describe('Where the code and its CI live.'),
        tracker: side.default('auto').describe('Where issues live.'),
        type: side
            .optional()
            .describe('Older form: sets both sides that are `auto`.')
            .meta({ examples: ['auto'] }),
    })
        .prefault({})
        .describe('Both sides are found from CI variables and the git remote with `auto`.'),
    sprint: sprint.describe('Which calendar day is which gate day.'),
    gate: gate.describe('How a day is decided.'),
    ci: ci.describe("Waiting for the commit's CI."),
    evidence: schemas/* array */.YOg(evidenceSchema)
        .superRefine(namesOnce)
        .default([])
        .describe('What the gate reads besides the commit CI.'),
    waivers: schemas/* array */.YOg(waiver).default([]).describe('Failures that may ship for a while, with reason and owner.'),
    advisory: schemas/* strictObject */.rej({
        push_to_issues: schemas/* boolean */.zMY().default(false).describe('One issue per agent and day for new advisories.'),
    })
        .prefault({})
        .describe('Concerns that do not block.'),
    review: schemas/* strictObject */.rej({
        reviewers: schemas/* array */.YOg(values_text).default([]).describe('Asked to review on human-gate days.'),
    })
        .prefault({})
        .describe('The review request of a human-gate day.'),
    pause: schemas/* strictObject */.rej({
        by: schemas/* enum */.k5n(['issue', 'variable', 'both'])
            .default('issue')
            .describe('`issue`: an open escalation pauses. `variable`: PACE_PAUSED does. `both`: either.'),
    })
        .prefault({})
        .describe('What stops the loop after a HOLD.'),
    reporter: schemas/* strictObject */.rej({
        timezone: timeZone.default('UTC').describe('Time zone of times in reports.'),
        change_note: schemas/* boolean */.zMY()
            .default(true)
            .describe('Also keep one note with the summary at the merge request that the pipeline belongs to, where the token may.'),
    })
        .prefault({})
        .describe('Reports.'),
    ...platformSections,
    ...Object.fromEntries(foreignSections.map((name) => [name, sectionOfAnotherTool])),
});

// EXTERNAL MODULE: ./build/src/config/schema-problems.js + 1 modules
var schema_problems = __webpack_require__(7493);
// EXTERNAL MODULE: ./build/src/config/yaml-file.js
var yaml_file = __webpack_require__(7632);
;// CONCATENATED MODULE: ./build/src/config/load.js
/** `pace.config.yaml` from the disk to checked values with every default, or all its mistakes at once. */









/** Reads the configuration. Throws `ConfigError` with every mistake. */
async function loadConfig(world, options = {}) {
    const located = options.path === undefined ? await (0,locate/* locateConfig */.p0)(world.cwd) : { path: options.path };
    if (located.path === undefined) {
        const none = await checkConfig(world, (0,yaml_file/* parseYaml */.h)('pace.config.yaml', '{}'), options);
        return { ...none, file: undefined, missing: await (0,locate/* explainMissing */.Ce)(world.cwd) };
    }
    const yaml = await (0,yaml_file/* readYamlFile */.k)(world.cwd, located.path);
    const loaded = await checkConfig(world, yaml, options);
    if (located.ignored === undefined)
        return loaded;
    const message = `${located.ignored} exists too and is not read. Please keep one of the two.`;
    return { ...loaded, warnings: [yaml.problemAtOffset(0, message), ...loaded.warnings] };
}
/** The same from text, for tests and editors. */
async function checkConfig(world, yaml, options = {}) {
    const secrets = literalSecrets(yaml);
    const { value, warnings } = withoutEmptySections(yaml);
    const parsed = configSchema.safeParse(value ?? {});
    const problems = [...yaml.problems];
    if (!parsed.success && yaml.value !== undefined) {
        problems.push(...(0,schema_problems/* schemaProblems */.Ic)({ yaml, schema: configSchema, value, error: parsed.error, redact: secrets.redact }));
    }
    const wanted = parsed.success ? parsed.data.platform : platformChoice(value);
    const raw = rawSections(value);
    const sides = await (0,detect/* detectSides */.YW)(world, wanted, looselyResolved(yaml, raw, world));
    problems.push(...sides.problems.map(({ key, message }) => yaml.problemAt(['platform', key], message)));
    const checked = await checkSections(world, { yaml, raw, sides, redact: secrets.redact, options });
    problems.push(...checked.problems, ...secrets.problems.filter((problem) => !saysAt(checked.problems, problem)));
    if (problems.length > 0 || !parsed.success)
        throw configError(problems, secrets.redact);
    return {
        config: parsed.data,
        file: yaml.file,
        sides,
        sections: checked.sections,
        variables: [...new Set(Object.values(raw).flatMap(variablesIn))],
        warnings: (0,config_problems/* sortProblems */.dS)([...warnings, ...checked.warnings]),
    };
}
/** The platform names the very variable: its words are better than the general ones. */
function saysAt(problems, { line, column }) {
    return problems.some((problem) => problem.line === line && problem.column === column);
}
function configError(problems, redact) {
    // one more than are shown, so that the error can say that there are more
    const first = (0,config_problems/* sortProblems */.dS)(problems).slice(0, config_problems/* MAX_PROBLEMS */.aZ + 1);
    return new config_problems/* ConfigError */.xL(first.map((problem) => ({ ...problem, message: redact(problem.message) })));
}
/** `gate:` with nothing under it, or with comments only, means its defaults. */
function withoutEmptySections(yaml) {
    const { value } = yaml;
    if (value === null) {
        return { value: {}, warnings: [yaml.problemAtOffset(0, 'This file is empty; the defaults apply.')] };
    }
    if (typeof value !== 'object' || Array.isArray(value))
        return { value, warnings: [] };
    return { value: Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null)), warnings: [] };
}
/** What can be understood of `platform:` in a file with mistakes. */
function platformChoice(value) {
    const section = isRecord(value) ? value['platform'] : undefined;
    const parsed = configSchema.shape.platform.safeParse(section ?? {});
    return parsed.success ? parsed.data : { ci: 'auto', tracker: 'auto' };
}
function rawSections(value) {
    const sections = platforms/* platformNames */.iJ.map((name) => [name, isRecord(value) ? value[name] : undefined]);
    return Object.fromEntries(sections.filter((entry) => isRecord(entry[1])));
}
function looselyResolved(yaml, raw, { env }) {
    const resolved = Object.entries(raw).map(([name, section]) => [
        name,
        resolveSection({ yaml, name, section, env }).settings,
    ]);
    return Object.fromEntries(resolved);
}
async function checkSections(world, context) {
    const { yaml, raw, sides, redact, options } = context;
    const inUse = new Set([sides.ci.name, sides.tracker.name]);
    const sections = {};
    const problems = [];
    const warnings = [];
    for (const name of platforms/* platformNames */.iJ.filter((candidate) => options.everyPlatform || inUse.has(candidate))) {
        const section = raw[name];
        if (section === undefined)
            continue;
        problems.push(...sectionProblems({ yaml, platform: await (0,platforms/* loadPlatform */.Gp)(name), section, redact }));
        if (!inUse.has(name))
            continue;
        const resolved = resolveSection({ yaml, name, section, env: world.env });
        sections[name] = resolved.settings;
        (options.everyPlatform ? warnings : problems).push(...resolved.problems);
    }
    return { sections, problems, warnings };
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ })

};
