export const id = 347;
export const ids = [347];
export const modules = {

/***/ 5347:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/** The embedded platform: no account, no server. Code is the git checkout itself, issues live in one SQLite file. */
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ({
    name: 'local',
    title: 'Local',
    fallback: true,
    needs: [
        {
            key: 'database',
            env: ['PACE_DATABASE'],
            why: 'the file that holds the issues, relative to the workspace',
            for: 'tracker',
            required: false,
            default: '.pace/pace.db',
            example: '.pace/pace.db',
        },
    ],
    createHost: async (world) => (await __webpack_require__.e(/* import() */ 372).then(__webpack_require__.bind(__webpack_require__, 3372))).createHost(world),
    createTracker: async (world, settings) => (await __webpack_require__.e(/* import() */ 212).then(__webpack_require__.bind(__webpack_require__, 3212))).createTracker(world, settings),
});


/***/ })

};
