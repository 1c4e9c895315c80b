export const id = 79;
export const ids = [79];
export const modules = {

/***/ 8079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ({
    name: 'github',
    title: 'GitHub',
    needs: [
        {
            key: 'token',
            env: ['PACE_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'],
            why: 'a token for the API; in a workflow the expression `github.token` gives one',
            scope: 'checks: read, actions: read, statuses: write, issues: write, contents: write and pull-requests: write (the last two for human-gate days only)',
            for: 'both',
            required: true,
            secret: true,
        },
        {
            key: 'repository',
            env: ['GITHUB_REPOSITORY'],
            why: 'the repository, as `owner/name`',
            for: 'both',
            required: true,
            example: 'octo-org/octo-repo',
        },
        {
            key: 'issues_repository',
            env: ['PACE_GITHUB_ISSUES_REPOSITORY'],
            why: 'where issues live, when that is another repository; a workflow’s own token cannot reach it',
            for: 'tracker',
            required: false,
            example: 'octo-org/planning',
        },
        {
            key: 'server_url',
            env: ['GITHUB_SERVER_URL'],
            why: 'the web address of the server',
            for: 'both',
            required: false,
            default: 'https://github.com',
            example: 'https://github.example.org',
        },
        {
            key: 'api_url',
            env: ['GITHUB_API_URL'],
            why: 'the address of the API; follows from `server_url` when absent',
            for: 'both',
            required: false,
            example: 'https://github.example.org/api/v3',
        },
    ],
    detectCi: (env) => env['GITHUB_ACTIONS'] === 'true',
    detectRemote: (hostname) => hostname === 'github.com' || hostname.endsWith('.ghe.com'),
    createHost: async (world, settings) => (await Promise.all(/* import() */[__webpack_require__.e(194), __webpack_require__.e(475), __webpack_require__.e(189)]).then(__webpack_require__.bind(__webpack_require__, 5189))).createHost(world, settings),
    createTracker: async (world, settings) => (await Promise.all(/* import() */[__webpack_require__.e(194), __webpack_require__.e(475), __webpack_require__.e(219)]).then(__webpack_require__.bind(__webpack_require__, 5219))).createTracker(world, settings),
});


/***/ })

};
