export const id = 519;
export const ids = [519];
export const modules = {

/***/ 5519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listIssues: () => (/* binding */ listIssues),
/* harmony export */   showIssue: () => (/* binding */ showIssue)
/* harmony export */ });
/* harmony import */ var _platforms_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(776);
/* harmony import */ var _platforms_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2002);
/* harmony import */ var _config_load_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5077);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2173);
/** `pace issue list|show`: what people read of any tracker. */




const STATES = ['open', 'closed', 'all'];
const MOST_ISSUES = 100_000;
async function listIssues(world, options) {
    const state = STATES.find((name) => name === (options.state || 'open'));
    if (!state)
        throw wrong(`"${options.state}" is no state.`, `Please choose one of: ${STATES.join(', ')}.`);
    const limit = Number(options.limit || 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ISSUES) {
        throw wrong(`"${options.limit}" is no limit.`, `Please pass a whole number from 1 to ${MOST_ISSUES}.`);
    }
    const tracker = await configuredTracker(world, options.config);
    const issues = [];
    for await (const issue of tracker.listIssues({ state, labels: options.label ?? [] })) {
        issues.push(issue);
        if (issues.length >= limit)
            break;
    }
    return issues;
}
async function showIssue(world, options) {
    const tracker = await configuredTracker(world, options.config);
    const key = options.key.replace(/^#/, '');
    const [issue, comments] = await Promise.all([tracker.getIssue(key), tracker.listComments(key)]);
    return { ...issue, comments };
}
/** Without a configuration file the defaults apply: reading issues needs none. */
async function configuredTracker(world, path) {
    const loaded = await (0,_config_load_js__WEBPACK_IMPORTED_MODULE_0__/* .loadConfig */ .Z)(world, path ? { path } : {});
    world.log.debug(loaded.sides.because);
    return (0,_platforms_index_js__WEBPACK_IMPORTED_MODULE_1__/* .openTracker */ .Zl)(world, (0,_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .sideOf */ .J)(loaded, 'tracker'));
}
function wrong(message, remedy) {
    return new _platforms_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .PaceError */ .qw({ kind: 'validation', message, remedy });
}


/***/ })

};
