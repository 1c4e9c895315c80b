export const id = 361;
export const ids = [361];
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

/***/ 893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   JD: () => (/* binding */ objects),
/* harmony export */   Je: () => (/* binding */ stringOf),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   qh: () => (/* binding */ indexOf)
/* harmony export */ });
/* unused harmony export placeOf */
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1915);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7107);
/** JSON with the place of the first mistake. */


/** The parsed file. Throws an `EvidenceFault` with line and column. */
async function parseJson(file, signal) {
    const text = await (0,_read_text_js__WEBPACK_IMPORTED_MODULE_0__/* .readText */ .y)(file, signal);
    try {
        return JSON.parse(text);
    }
    catch {
        const { line, column } = placeOf(text, firstMistake(text));
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .EvidenceFault */ .wN('This is not valid JSON.', { file: file.path, line, column });
    }
}
/** Whether it is a JSON object (not an array, not null). */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The elements that are objects; nothing when it is no array. */
function objects(value) {
    return Array.isArray(value) ? value.filter(isObject) : [];
}
function stringOf(value) {
    return typeof value === 'string' ? value : undefined;
}
/** A whole number from 0. */
function indexOf(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
/** Line and column, from 1, of a place in a text. */
function placeOf(text, offset) {
    let line = 1;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
        line += 1;
        start = end + 1;
    }
    return { line, column: offset - start + 1 };
}
const SPACE = /[^ \t\n\r]/g;
const LITERAL = /(?:-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,400})?|true|false|null)(?![\w.+-])/y;
const MAX_DEPTH = 10_000;
/** JSON.parse does not say where for every mistake, so a refused text is read once more, by its grammar (RFC 8259). */
function firstMistake(text) {
    const open = [];
    let expected = 'value';
    for (let offset = 0;;) {
        const start = find(SPACE, text, offset);
        const mark = text[start] ?? '';
        const kind = mark === '"' ? 'string' : '{}[],:'.includes(mark) ? mark : 'literal';
        const next = mark === '' || open.length > MAX_DEPTH ? undefined : after(expected, kind, open);
        if (next === undefined)
            return start;
        expected = next;
        if (kind === 'string') {
            const end = endOfString(text, start);
            if (end.mistake)
                return end.at;
            offset = end.at;
        }
        else if (kind === 'literal') {
            LITERAL.lastIndex = start;
            if (!LITERAL.test(text))
                return start;
            offset = LITERAL.lastIndex;
        }
        else
            offset = start + 1;
    }
}
// DEL and the C1 controls may stand in a JSON string
const STOP = /["\\]|(?![\u007f-\u009f])\p{Cc}/gu;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
function endOfString(text, start) {
    for (let at = find(STOP, text, start + 1);; at = find(STOP, text, ESCAPE.lastIndex)) {
        if (text[at] === '"')
            return { at: at + 1 };
        ESCAPE.lastIndex = at;
        if (!ESCAPE.test(text))
            return { at, mistake: true };
    }
}
/** Where the pattern next matches; the end of the text when it does not. */
function find(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? text.length;
}
function after(expected, token, open) {
    const takesValue = expected === 'value' || expected === 'first value';
    if (takesValue && token === '{')
        return opened(open, '}', 'first key');
    if (takesValue && token === '[')
        return opened(open, ']', 'first value');
    if (takesValue && (token === 'string' || token === 'literal'))
        return closed(open);
    if ((expected === 'key' || expected === 'first key') && token === 'string')
        return 'colon';
    if (expected === 'colon')
        return token === ':' ? 'value' : undefined;
    if (expected === 'more' && token === ',')
        return open.at(-1) === '}' ? 'key' : 'value';
    const mayClose = expected === 'more' || expected === (token === '}' ? 'first key' : 'first value');
    if (!mayClose || open.at(-1) !== token)
        return undefined;
    open.pop();
    return closed(open);
}
function opened(open, end, next) {
    open.push(end);
    return next;
}
function closed(open) {
    return open.length > 0 ? 'more' : 'end';
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


/***/ })

};
