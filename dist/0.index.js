export const id = 0;
export const ids = [0];
export const modules = {

/***/ 3000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  init: () => (/* binding */ init)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/write-whole.js
var write_whole = __webpack_require__(7202);
// EXTERNAL MODULE: ./node_modules/tinyglobby/dist/index.mjs + 1 modules
var dist = __webpack_require__(3382);
// EXTERNAL MODULE: ./build/platforms/git.js
var git = __webpack_require__(4523);
// EXTERNAL MODULE: ./build/src/gate/day.js
var day = __webpack_require__(8859);
// EXTERNAL MODULE: ./build/src/gate/plan.js + 1 modules
var gate_plan = __webpack_require__(5823);
// EXTERNAL MODULE: ./build/src/config/detect.js
var detect = __webpack_require__(9977);
// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(4006);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var yaml_dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/platforms/version.js + 1 modules
var version = __webpack_require__(108);
;// CONCATENATED MODULE: ./build/src/config/initial-text.js
/** The text of a first configuration, from what was found. Pure. */



/** The text of a `pace.config.yaml`. The same input always gives the same text. */
function initialText(facts) {
    const { product, ci = 'auto', tracker = 'auto', startDate, timeZone, evidence = [], schema } = facts;
    const lines = [
        `# yaml-language-server: $schema=${schema ?? version/* SCHEMA_URL */.c}`,
        '# Every other key, with its default: pace.config.example.yaml',
        'product:',
        `  name: ${scalar(product || 'My Product')}`,
        'platform:',
        `  ci: ${scalar(ci)}`,
        `  tracker: ${scalar(tracker)}`,
        ...sprintLines(startDate, timeZone),
        'gate:',
        '  mode: enforce # observe: judge and report only, never block',
        ...evidenceLines(evidence),
    ];
    return `${lines.join('\n')}\n`;
}
function sprintLines(startDate, timeZone) {
    const start = startDate === undefined ? [] : [`  start_date: ${scalar(startDate)} # day 1`];
    const zone = timeZone === undefined ? [] : [`  timezone: ${scalar(timeZone)}`];
    return start.length + zone.length === 0 ? [] : ['sprint:', ...start, ...zone];
}
function evidenceLines(evidence) {
    if (evidence.length === 0) {
        return [
            '# What the gate reads besides the commit CI, for instance:',
            '# evidence:',
            '#   - {type: junit, name: unit tests, path: "**/junit*.xml"}',
        ];
    }
    const items = evidence.flatMap(({ type, name, path }) => [
        `  - type: ${type}`,
        `    name: ${scalar(name)}`,
        `    path: ${scalar(path)}`,
    ]);
    return ['evidence:', ...items];
}
function scalar(value) {
    return (0,yaml_dist/* stringify */.As)(value.replace(/\s+/g, ' ').trim(), { lineWidth: 0 }).trim();
}
/** What a report of each kind is usually called; the first pattern that matches a file is written down. */
const GUESSES = [
    {
        type: 'junit',
        name: 'unit tests',
        path: '**/junit*.xml',
        others: ['**/TEST-*.xml', '**/test-results/**/*.xml', '**/*junit*.xml'],
    },
    { type: 'sarif', name: 'code scan', path: '**/*.sarif', others: ['**/*.sarif.json'] },
    {
        type: 'coverage',
        name: 'line coverage',
        path: '**/lcov.info',
        others: ['**/cobertura*.xml', '**/coverage-summary.json', '**/coverage.xml'],
    },
];
/** Globs of {@link guessEvidence}, for finding the files it wants to see. */
const evidenceGlobs = GUESSES.flatMap(({ path, others = [] }) => [path, ...others]);
/** Evidence that the files of a workspace (relative paths) suggest. */
function guessEvidence(files) {
    return GUESSES.flatMap(({ type, name, path, others = [] }) => {
        const found = [path, ...others].find((pattern) => matchesOne(files, pattern));
        return found === undefined ? [] : [{ type, name, path: found }];
    });
}
function matchesOne(files, pattern) {
    const matches = picomatch(pattern, { dot: true });
    return files.some((file) => matches(file));
}

;// CONCATENATED MODULE: ./build/src/config/initial.js
/** What `pace init` writes: short, working, with what can be seen in the workspace. */







/** Looks round the workspace; writes nothing. */
async function initialConfig(world) {
    const [sides, files, plan, product] = await Promise.all([
        (0,detect/* detectSides */.YW)(world, { ci: 'auto', tracker: 'auto' }),
        reportFiles(world.cwd),
        // a broken plan is the business of `pace validate`
        (0,gate_plan/* loadPlan */.Yq)(world).catch(() => undefined),
        productName(world),
    ]);
    const evidence = guessEvidence(files);
    const startDate = plan?.startDate === undefined ? { startDate: (0,day/* calendarDate */.bO)(world.now(), 'UTC') } : {};
    const found = evidence.length > 0
        ? `Evidence found: ${evidence.map(({ path }) => path).join(', ')}.`
        : 'No reports were found yet.';
    return {
        text: initialText({ product, ci: lasting(sides.ci), tracker: lasting(sides.tracker), ...startDate, evidence }),
        because: `${sides.because} ${found}`,
    };
}
// what was found for want of anything better may be another platform once the repository has a remote
function lasting({ name, fallback }) {
    return fallback ? 'auto' : name;
}
function reportFiles(cwd) {
    const ignore = ['**/node_modules/**', '**/.git/**', '**/vendor/**'];
    return (0,dist/* glob */.TI)([...evidenceGlobs], { cwd, ignore, deep: 6, dot: false });
}
/** The last part of the git remote, else of the folder. */
async function productName(world) {
    const remote = await (0,git/* gitOr */.O)(world, ['remote', 'get-url', 'origin']);
    const name = /([^/:\\]+?)(?:\.git)?\/?$/.exec(remote ?? '')?.[1];
    return name ?? (0,external_node_path_.basename)(world.cwd);
}

// EXTERNAL MODULE: ./build/src/config/locate.js
var locate = __webpack_require__(1872);
;// CONCATENATED MODULE: ./build/src/commands/init.js
/** `pace init`: a small working configuration for this repository. */






async function init(world, options) {
    const path = options.config || locate/* configPaths */.hg[0];
    const exists = await (0,promises_.stat)((0,external_node_path_.join)(world.cwd, path)).then(() => true, () => false);
    if (exists && !options.force) {
        throw new errors/* PaceError */.qw({
            kind: 'validation',
            message: `${path} is there already.`,
            remedy: 'Please edit it, or pass --force to replace it.',
        });
    }
    const { text, because } = await initialConfig(world);
    await (0,write_whole/* writeWhole */.f)((0,external_node_path_.join)(world.cwd, path), text);
    return `Wrote ${path}. ${because}\nNext: pace validate, then pace gate --day 1\n`;
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


/***/ })

};
