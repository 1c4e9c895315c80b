export const id = 144;
export const ids = [144];
export const modules = {

/***/ 1144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
const SCOPES = 'read:jira-work, write:jira-work (a classic API token without scopes has them)';
function wording(key, why, value) {
    return { key, env: [`JIRA_${key.toUpperCase()}`], why, for: 'tracker', required: false, default: value };
}
/** Jira Cloud: a tracker only, since it hosts no code. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/ */
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ({
    name: 'jira',
    title: 'Jira',
    needs: [
        {
            key: 'url',
            env: ['JIRA_URL'],
            why: 'address of the Jira site',
            for: 'tracker',
            required: true,
            example: 'https://your-team.atlassian.net',
        },
        {
            key: 'email',
            env: ['JIRA_EMAIL'],
            why: 'account that the API token belongs to',
            for: 'tracker',
            required: true,
            example: 'pace@example.org',
        },
        {
            key: 'token',
            env: ['JIRA_TOKEN', 'JIRA_API_TOKEN'],
            why: 'API token of that account',
            scope: SCOPES,
            for: 'tracker',
            required: true,
            secret: true,
        },
        {
            key: 'project_key',
            env: ['JIRA_PROJECT_KEY', 'JIRA_PROJECT'],
            why: 'project in which issues are opened',
            for: 'tracker',
            required: true,
            example: 'PACE',
        },
        wording('hold_issue_type', 'issue type of an escalation', 'Bug'),
        wording('hold_priority', 'priority of an escalation', 'High'),
        wording('advisory_issue_type', 'issue type of advisories', 'Task'),
        wording('advisory_priority', 'priority of advisories', 'Medium'),
        wording('story_issue_type', 'issue type of a story', 'Story'),
    ],
    createTracker: async (world, settings) => (await Promise.all(/* import() */[__webpack_require__.e(22), __webpack_require__.e(741)]).then(__webpack_require__.bind(__webpack_require__, 4741))).createTracker(world, settings),
});


/***/ })

};
