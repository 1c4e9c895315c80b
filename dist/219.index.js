export const id = 219;
export const ids = [219];
export const modules = {

/***/ 5219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createTracker: () => (/* binding */ createTracker)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(776);
/* harmony import */ var _hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(717);
/* harmony import */ var _untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8913);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(475);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3474);
/** GitHub's issues. https://docs.github.com/en/rest/issues/issues */





const TITLE_LIMIT = 256;
/** GitHub counts characters; UTF-16 units are never fewer. */
const BODY_LIMIT = 65_536;
/** The tracker for `issues_repository`, else `repository`. Makes no request yet. */
function createTracker(world, settings) {
    const api = (0,_api_js__WEBPACK_IMPORTED_MODULE_0__/* .createApi */ .x)(world, settings, settings['issues_repository'] ?? settings['repository'] ?? '');
    return {
        platform: 'github',
        titleLimit: TITLE_LIMIT,
        bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
        measureBody: (markdown, metadata) => (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(markdown, metadata).length,
        getIssue: async (key) => (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await getIssue(api, 'getIssue', key)),
        listIssues: (filter = {}) => listIssues(api, filter),
        createIssue: (draft) => createIssue(world, api, draft),
        updateIssue: (key, patch) => updateIssue(world, api, key, patch),
        transitionIssue: (key, state) => transitionIssue(api, key, state),
        listComments: async (key) => {
            const found = [];
            const pages = api.pages('listComments', 'read issues', (octokit) => octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
                ...addressOf(api, 'listComments', key),
                per_page: 100,
            }));
            for await (const page of pages)
                found.push(...page);
            return found.map(_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toComment */ .T5);
        },
        addComment: async (key, markdown) => (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toComment */ .T5)(await api.call('addComment', 'write issues', (octokit) => octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            ...addressOf(api, 'addComment', key),
            body: markdown,
        }))),
        formatDescription: (markdown) => markdown,
    };
}
function addressOf(api, operation, key) {
    const number = /^#?([1-9]\d{0,14})$/.exec(key)?.[1];
    if (number !== undefined)
        return { ...api.repository, issue_number: Number(number) };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .PaceError */ .qw({
        kind: 'validation',
        message: `"${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .plainLine */ .h0)(key, 40)}" is not the number of an issue.`,
        remedy: `Please give the number of an issue in ${api.fullName}, e.g. 12.`,
        operation,
    });
}
async function getIssue(api, operation, key) {
    const address = addressOf(api, operation, key);
    const issue = await api.call(operation, 'read issues', (octokit) => octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', address));
    if (issue.pull_request === undefined)
        return issue;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .PaceError */ .qw({
        kind: 'not-found',
        message: `#${address.issue_number} in ${api.fullName} is a pull request, not an issue.`,
        remedy: 'Please give the number of an issue.',
        operation,
    });
}
async function* listIssues(api, { state = 'all', labels = [], createdSince = 0 }) {
    // the list of labels is split at commas, so that a label with a comma cannot be asked for
    const askable = labels.filter((label) => !label.includes(','));
    const pages = api.pages('listIssues', 'read issues', (octokit) => octokit.request('GET /repos/{owner}/{repo}/issues', {
        ...api.repository,
        state,
        ...(askable.length > 0 ? { labels: askable.join(',') } : {}),
        sort: 'created',
        direction: 'desc',
        per_page: 100,
    }));
    for await (const page of pages) {
        for (const wire of page) {
            const issue = (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(wire);
            if (issue.createdAt < createdSince)
                return;
            if (wire.pull_request === undefined && missingLabels(labels, issue).length === 0)
                yield issue;
        }
    }
}
async function createIssue(world, api, draft) {
    const { labels = [], assignees = [] } = draft;
    const fields = {
        title: (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .Jj)(draft.title, TITLE_LIMIT),
        body: (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(draft.body, draft.metadata),
        ...(labels.length > 0 ? { labels: [...new Set(labels)] } : {}),
    };
    const created = await createWith(world, api, fields, assignees);
    warnOfDropped(world, labels, created);
    return created;
}
/** One name that GitHub does not accept makes it refuse the whole issue: then it is created without assignees. */
async function createWith(world, api, fields, assignees) {
    try {
        return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await api.call('createIssue', 'write issues', (octokit) => octokit.request('POST /repos/{owner}/{repo}/issues', {
            ...api.repository,
            ...fields,
            ...(assignees.length > 0 ? { assignees: [...assignees] } : {}),
        })));
    }
    catch (error) {
        const { status, vendorMessage } = (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asPaceError */ .Qd)(error);
        if (assignees.length === 0 || status !== 422 || !vendorMessage?.includes('assignees'))
            throw error;
        const created = await createWith(world, api, fields, []);
        world.log.warn(`${created.url} has no assignees: ${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .plainLine */ .h0)(assignees.join(', '), 200)} cannot be assigned.`);
        return created;
    }
}
async function updateIssue(world, api, key, patch) {
    const { title, labels } = patch;
    const body = await newBody(api, key, patch);
    if (title === undefined && labels === undefined && body === undefined)
        return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await getIssue(api, 'updateIssue', key));
    const updated = (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await api.call('updateIssue', 'write issues', (octokit) => octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...addressOf(api, 'updateIssue', key),
        ...(title === undefined ? {} : { title: (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .Jj)(title, TITLE_LIMIT) }),
        ...(body === undefined ? {} : { body }),
        ...(labels === undefined ? {} : { labels: [...new Set(labels)] }),
    })));
    warnOfDropped(world, labels ?? [], updated);
    return updated;
}
/** Body and metadata share one text: when only one of them changes, the other is read first. */
async function newBody(api, key, { body, metadata }) {
    if (body === undefined && metadata === undefined)
        return undefined;
    if (body !== undefined && metadata !== undefined)
        return (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(body, metadata);
    const known = (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .splitMetadata */ .A)((0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .unifyLineEnds */ .MJ)((await getIssue(api, 'updateIssue', key)).body ?? ''));
    return (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(body ?? known.body, metadata ?? known.metadata);
}
async function transitionIssue(api, key, wanted) {
    const known = await getIssue(api, 'transitionIssue', key);
    const target = TARGETS[wanted];
    if ((0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(known).state === target.reached)
        return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(known);
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await api.call('transitionIssue', 'write issues', (octokit) => octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...addressOf(api, 'transitionIssue', key),
        ...target.fields,
    })));
}
const OPEN = { reached: 'open', fields: { state: 'open', state_reason: 'reopened' } };
/** GitHub has only open and closed: work under way is open. */
const TARGETS = {
    open: OPEN,
    in_progress: OPEN,
    in_review: OPEN,
    blocked: OPEN,
    done: { reached: 'done', fields: { state: 'closed', state_reason: 'completed' } },
    canceled: { reached: 'canceled', fields: { state: 'closed', state_reason: 'not_planned' } },
};
/** GitHub drops labels without a word when the caller may not push. */
function warnOfDropped(world, labels, issue) {
    const dropped = missingLabels(labels, issue);
    if (dropped.length === 0)
        return;
    world.log.warn(`${issue.url} lacks the labels ${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .plainLine */ .h0)(dropped.join(', '), 300)}: GitHub drops labels when the token's owner may not push to the repository.`);
}
function missingLabels(wanted, { labels }) {
    const present = new Set(labels.map((label) => label.toLowerCase()));
    return wanted.filter((label) => !present.has(label.toLowerCase()));
}


/***/ })

};
