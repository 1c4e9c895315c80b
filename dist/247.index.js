export const id = 247;
export const ids = [247];
export const modules = {

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

/***/ 5247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   writeDotenv: () => (/* binding */ writeDotenv)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8913);
/* harmony import */ var _platforms_write_whole_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7202);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8919);
/** The outcome as variables for later jobs. https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */




/** One `PACE_NAME=value` a line; GitLab takes no quotes and no line ends. A file that cannot be written is a warning. */
function writeDotenv(world, file, outcome) {
    const lines = Object.entries((0,_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .outputsOf */ .Y)(world, outcome)).map(([name, value]) => `PACE_${name.replaceAll('-', '_').toUpperCase()}=${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plainLine */ .h0)(value, 1000)}\n`);
    return (0,_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .handOn */ .x)(world.log, () => (0,_platforms_write_whole_js__WEBPACK_IMPORTED_MODULE_3__/* .writeWhole */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(world.cwd, file), lines.join('')));
}


/***/ }),

/***/ 8919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ outputsOf),
/* harmony export */   x: () => (/* binding */ handOn)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _platforms_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(776);
/** What later steps and jobs get to know: names and values, the same in every CI. */


function outputsOf(world, { report, reportPath }) {
    return {
        decision: report.decision,
        day: String(report.day),
        'hold-reason': report.holdReason,
        'escalation-url': report.escalation.url,
        'advisory-url': report.advisories.url,
        'review-url': report.review.url,
        'open-advisories': String(report.advisories.open),
        'report-path': (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(world.cwd, reportPath),
    };
}
/** The outcome stands whether or not later steps can be told of it: that they cannot is a warning. */
async function handOn(log, deliver) {
    try {
        await deliver();
    }
    catch (error) {
        const { message, remedy } = (0,_platforms_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asPaceError */ .Qd)(error);
        log.warn(`The outcome could not be handed on to later steps: ${message} ${remedy}`);
    }
}


/***/ })

};
