export const id = 839;
export const ids = [839];
export const modules = {

/***/ 3839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readCoverage: () => (/* binding */ readCoverage)
});

// EXTERNAL MODULE: ./build/src/gate/evidence/fault.js
var fault = __webpack_require__(1915);
// EXTERNAL MODULE: ./build/src/gate/evidence/xml.js
var xml = __webpack_require__(3618);
;// CONCATENATED MODULE: ./build/src/gate/evidence/coverage-cobertura.js
/** Cobertura XML. https://github.com/cobertura/cobertura/blob/master/cobertura/src/test/resources/dtds/coverage-04.dtd */


/** From the report's own sums, else from its lines, else from its rate. Throws an `EvidenceFault` with line and column. */
async function parseCobertura(file, signal) {
    let root = {};
    let methodDepth = 0;
    let covered = 0;
    let total = 0;
    await (0,xml/* parseXml */.N)(file, {
        open(name, attributes, depth) {
            if (depth === 1) {
                checkRoot(name);
                root = attributes;
            }
            if (name === 'methods' && methodDepth === 0)
                methodDepth = depth;
            // the lines of methods are listed once more with their class
            if (name !== 'line' || methodDepth > 0)
                return;
            const hits = numberOf(attributes, 'hits');
            if (hits === undefined)
                return;
            total += 1;
            if (hits > 0)
                covered += 1;
        },
        close(_name, depth) {
            if (depth === methodDepth)
                methodDepth = 0;
        },
    }, signal);
    return result(file, root, { covered, total });
}
function checkRoot(name) {
    if (name === 'coverage')
        return;
    const known = name === 'report' ? ' It looks like JaCoCo; have it converted to Cobertura or lcov.' : '';
    throw new fault/* EvidenceFault */.wN(`Its root element is <${name.slice(0, 60)}>; Cobertura has <coverage>.${known}`);
}
function result(file, root, counted) {
    const valid = numberOf(root, 'lines-valid');
    const covered = numberOf(root, 'lines-covered');
    if (valid !== undefined && covered !== undefined && valid > 0) {
        if (covered <= valid)
            return { covered, total: valid };
        throw new fault/* EvidenceFault */.wN('It counts more covered lines than lines.', { file: file.path });
    }
    if (counted.total > 0)
        return counted;
    const rate = numberOf(root, 'line-rate');
    // no line at all, and a tool's way to say so is a rate of 0 or 1
    if (valid === 0 || rate === undefined)
        return { covered: 0, total: 0 };
    if (rate <= 1)
        return { rate };
    throw new fault/* EvidenceFault */.wN('Its line-rate is more than 1.', { file: file.path });
}
function numberOf(attributes, name) {
    const text = attributes[name]?.trim();
    if (text === undefined || text === '')
        return undefined;
    if (/^\d{1,15}(?:\.\d{1,20})?(?:[eE]-?\d{1,3})?$/.test(text))
        return Number(text);
    throw new fault/* EvidenceFault */.wN(`\`${name}\` is not a number.`);
}

// EXTERNAL MODULE: ./build/src/gate/evidence/json.js
var json = __webpack_require__(893);
;// CONCATENATED MODULE: ./build/src/gate/evidence/coverage-istanbul.js
/** Istanbul's `coverage-summary.json` (reporter `json-summary`). https://istanbul.js.org/docs/advanced/alternative-reporters/ */


/** From `total`, else the sum over its files. Throws an `EvidenceFault`. */
async function parseIstanbul(file, signal) {
    const summary = await (0,json/* parseJson */.qF)(file, signal);
    if (!(0,json/* isObject */.Gv)(summary))
        throw coverage_istanbul_fault(file, 'It is not a JSON object.');
    if (Object.hasOwn(summary, 'total'))
        return linesOf(summary.total, 'total', file);
    const entries = Object.entries(summary);
    if (entries.some(([, entry]) => (0,json/* isObject */.Gv)(entry) && 'statementMap' in entry)) {
        throw coverage_istanbul_fault(file, 'It is the detailed report.');
    }
    let covered = 0;
    let total = 0;
    for (const [name, entry] of entries) {
        const lines = linesOf(entry, name, file);
        covered += lines.covered;
        total += lines.total;
    }
    return { covered, total };
}
function linesOf(entry, name, file) {
    const lines = (0,json/* isObject */.Gv)(entry) && (0,json/* isObject */.Gv)(entry.lines) ? entry.lines : {};
    const total = (0,json/* indexOf */.qh)(lines.total);
    const covered = (0,json/* indexOf */.qh)(lines.covered);
    if (total === undefined || covered === undefined || covered > total) {
        throw coverage_istanbul_fault(file, `\`${name.slice(0, 100)}\` lacks a usable \`lines.total\` and \`lines.covered\`.`);
    }
    return { covered, total };
}
function coverage_istanbul_fault(file, message) {
    return new fault/* EvidenceFault */.wN(`${message} PACE reads Istanbul's coverage-summary.json (reporter \`json-summary\`).`, {
        file: file.path,
    });
}

// EXTERNAL MODULE: ./build/src/gate/evidence/read-text.js
var read_text = __webpack_require__(7107);
;// CONCATENATED MODULE: ./build/src/gate/evidence/coverage-lcov.js
/** lcov tracefiles. https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1 ("TRACEFILE FORMAT") */


const RECORD = /^(?:[A-Z][A-Z0-9]{0,9}:|#|end_of_record\s*$)/;
const MAX_LINE = 64 * 1024;
/**
 * A file that several sections (of several test runs) speak of is counted once; a line is covered when any of them ran it.
 * Throws an `EvidenceFault` with the line.
 */
async function parseLcov(file, signal) {
    const sections = new Map();
    let current;
    let number = 0;
    function take(line) {
        number += 1;
        if (line.trim() === '')
            return;
        if (!RECORD.test(line))
            throw coverage_lcov_fault(file, number, 'This is not a line of an lcov tracefile.');
        if (line.startsWith('SF:'))
            current = sectionOf(sections, line.slice(3));
        else if (line.startsWith('end_of_record'))
            current = undefined;
        else if (/^(?:DA|LF|LH):/.test(line))
            measure(line, current);
    }
    function measure(line, section) {
        if (section === undefined)
            throw coverage_lcov_fault(file, number, 'A number stands outside of any file (`SF:`).');
        const [, kind, first = '', second] = /^(DA|LF|LH):(\d{1,15})(?:,(-?\d{1,15}))?(?:,.*)?\s*$/.exec(line) ?? [];
        if (kind === undefined || (kind === 'DA') === (second === undefined)) {
            throw coverage_lcov_fault(file, number, 'Its numbers cannot be read.');
        }
        if (kind === 'LF')
            section.found = Math.max(section.found, Number(first));
        else if (kind === 'LH')
            section.hit = Math.max(section.hit, Number(first));
        else
            section.lines.set(Number(first), section.lines.get(Number(first)) === true || Number(second) > 0);
    }
    let rest = '';
    for await (const piece of (0,read_text/* textPieces */.V)(file, signal)) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        if (rest.length > MAX_LINE)
            throw coverage_lcov_fault(file, number + lines.length + 1, 'This line is far too long for an lcov tracefile.');
        for (const line of lines)
            take(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    take(rest);
    if (current !== undefined)
        throw coverage_lcov_fault(file, number, 'It breaks off: the last file has no `end_of_record`.');
    if (sections.size === 0)
        throw coverage_lcov_fault(file, 1, 'It speaks of no file (`SF:`).');
    return add(file, [...sections.values()]);
}
function sectionOf(sections, path) {
    const section = sections.get(path) ?? { lines: new Map(), found: 0, hit: 0 };
    sections.set(path, section);
    return section;
}
function add(file, sections) {
    let covered = 0;
    let total = 0;
    for (const { lines, found, hit } of sections) {
        // the lines themselves are the proof; the sums stand in only where a tool leaves them out
        const counted = lines.size > 0 ? [...lines.values()].filter((run) => run).length : hit;
        const all = lines.size > 0 ? lines.size : found;
        if (counted > all)
            throw new fault/* EvidenceFault */.wN('It counts more covered lines than lines.', { file: file.path });
        covered += counted;
        total += all;
    }
    return { covered, total };
}
function coverage_lcov_fault(file, line, message) {
    return new fault/* EvidenceFault */.wN(`${message} Known are lcov, Cobertura XML and Istanbul's coverage-summary.json.`, {
        file: file.path,
        line,
    });
}

// EXTERNAL MODULE: ./build/src/gate/evidence/finding-text.js
var finding_text = __webpack_require__(1844);
;// CONCATENATED MODULE: ./build/src/gate/evidence/line-coverage.js
/** Numbers of covered lines, added up over reports. */

/** Nothing where no line was measured, or where a report's weight is not known. */
function total(reports) {
    const [only] = reports;
    if (reports.length === 1 && only !== undefined && 'rate' in only)
        return { value: only.rate * 100, lines: '' };
    let covered = 0;
    let all = 0;
    for (const report of reports) {
        // a rate without lines has no weight beside the other reports
        if ('rate' in report)
            return undefined;
        covered += report.covered;
        all += report.total;
    }
    if (all === 0)
        return undefined;
    return { value: (covered / all) * 100, lines: ` (${(0,finding_text/* grouped */.zD)(covered)} of ${(0,finding_text/* count */.U9)(all, 'line')})` };
}

// EXTERNAL MODULE: ./build/src/gate/evidence/read-each.js
var read_each = __webpack_require__(2989);
;// CONCATENATED MODULE: ./build/src/gate/evidence/coverage.js








/** Differences smaller than this are the noise of floating point numbers. */
const EPSILON = 1e-6;
/**
 * Covered lines of all files in percent of all their lines, never an average of percentages. The reading carries the value
 * only when every report could be read: a part of the reports is no measurement.
 */
async function readCoverage(config, context) {
    const { read, problems } = await (0,read_each/* readEach */.e)(config, config, context, (file) => parse(file, context.signal));
    const findings = [...problems];
    const percent = problems.length > 0 ? undefined : total(read.map(({ value }) => value));
    if (problems.length === 0 && percent === undefined)
        findings.push(nothingMeasured(config, read[0]?.file));
    if (percent !== undefined)
        findings.push(...judge(config, percent, context.baseline));
    return {
        source: config.name,
        findings,
        complete: percent !== undefined,
        standing: true,
        ...(percent === undefined ? {} : { coverage: Number(percent.value.toFixed(4)) }),
    };
}
async function parse(file, signal) {
    switch (await firstCharacter(file, signal)) {
        case '<':
            return parseCobertura(file, signal);
        case '{':
        case '[':
            return parseIstanbul(file, signal);
        default:
            return parseLcov(file, signal);
    }
}
async function firstCharacter(file, signal) {
    for await (const piece of (0,read_text/* textPieces */.V)(file, signal)) {
        const start = piece.trimStart();
        if (start !== '')
            return start[0];
    }
    throw new fault/* EvidenceFault */.wN('It holds nothing but white space.', { file: file.path });
}
function nothingMeasured(config, file) {
    const why = 'No line was measured, or a report gives only a rate beside others. Check the paths that are measured.';
    return (0,fault/* unusable */._P)(config, 'lines were measured', why, file === undefined ? {} : { file: file.path });
}
function judge({ name, minimum, max_drop }, { value, lines }, baseline) {
    const measured = `Line coverage is ${shown(value)} %${lines}`;
    const findings = [];
    const add = (check, passed, words) => findings.push({
        source: name,
        check,
        result: passed ? 'PASS' : 'FAIL',
        evidence: (0,finding_text/* proofText */.Qw)(`${measured}${words}`),
    });
    if (minimum !== undefined) {
        const passed = value >= minimum - EPSILON;
        add('line coverage', passed, `; ${passed ? 'the minimum is' : 'less than the minimum of'} ${minimum} %.`);
    }
    if (max_drop !== undefined) {
        const before = Object.hasOwn(baseline, name) ? baseline[name] : undefined;
        if (before === undefined)
            add('line coverage drop', true, '; first run, no baseline to compare with.');
        else
            addDrop(add, before, value, max_drop);
    }
    if (findings.length === 0)
        add('line coverage', true, '; nothing is required: neither `minimum` nor `max_drop` is set.');
    return findings;
}
function addDrop(add, before, value, allowed) {
    const drop = before - value;
    // the baseline was kept with four digits
    const passed = drop <= allowed + 1e-4;
    const change = drop > 0 ? `${shown(drop)} points less than` : 'not less than';
    add('line coverage drop', passed, `; ${change} the ${shown(before)} % of the last SHIP, ${allowed} allowed.`);
}
/** Rounded down to two digits: 79.999 must not look like 80. */
function shown(percent) {
    return (Math.floor(percent * 100 + EPSILON) / 100).toFixed(2);
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
