export const id = 655;
export const ids = [655];
export const modules = {

/***/ 7655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/** https://docs.gitlab.com/api/rest/ and https://docs.gitlab.com/ci/variables/predefined_variables/ */
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ({
    name: 'gitlab',
    title: 'GitLab',
    needs: [
        {
            key: 'token',
            env: ['PACE_GITLAB_TOKEN', 'GITLAB_TOKEN'],
            why: 'opens issues and merge requests, sets commit statuses and variables, reads the checks of a commit',
            scope: 'a project, group or personal access token with scope `api` and role Developer (Maintainer for CI/CD variables)',
            for: 'both',
            required: false,
            secret: true,
        },
        {
            key: 'job_token',
            env: ['CI_JOB_TOKEN'],
            why: 'stands in for the token where GitLab lets a job read; it cannot open issues or merge requests',
            scope: 'given by GitLab to every job',
            for: 'ci',
            required: false,
            secret: true,
        },
        {
            key: 'project',
            env: ['GITLAB_PROJECT', 'CI_PROJECT_PATH', 'CI_PROJECT_ID'],
            why: 'the project whose commits are judged, by path or number',
            for: 'both',
            required: true,
            example: 'group/project',
        },
        {
            key: 'issues_project',
            env: ['GITLAB_ISSUES_PROJECT'],
            why: 'the project in which issues are opened, when it is another one',
            for: 'tracker',
            required: false,
            example: 'group/tracker',
        },
        {
            key: 'url',
            env: ['GITLAB_URL', 'CI_SERVER_URL', 'CI_API_V4_URL'],
            why: 'the GitLab instance',
            for: 'both',
            required: false,
            default: 'https://gitlab.com',
            example: 'https://gitlab.example.org',
        },
    ],
    detectCi: (env) => env['GITLAB_CI'] === 'true',
    detectRemote: (hostname) => hostname === 'gitlab.com' || hostname.startsWith('gitlab.'),
    createHost: async (world, settings) => (await Promise.all(/* import() */[__webpack_require__.e(833), __webpack_require__.e(573), __webpack_require__.e(163)]).then(__webpack_require__.bind(__webpack_require__, 7163))).createHost(world, settings),
    createTracker: async (world, settings) => (await Promise.all(/* import() */[__webpack_require__.e(833), __webpack_require__.e(573), __webpack_require__.e(403)]).then(__webpack_require__.bind(__webpack_require__, 7403))).createTracker(world, settings),
});


/***/ })

};
