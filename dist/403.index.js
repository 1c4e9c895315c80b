export const id = 403;
export const ids = [403];
export const modules = {

/***/ 7403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createTracker: () => (/* binding */ createTracker)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(776);
/* harmony import */ var _hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(717);
/* harmony import */ var _untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8913);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5715);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6492);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5210);
/** The issue tracker on GitLab. https://docs.gitlab.com/api/issues/ and https://docs.gitlab.com/api/notes/ */






const TITLE_LIMIT = 255;
const BODY_LIMIT = 1_048_576;
function createTracker(world, settings) {
    const api = (0,_api_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .Ng)(world, settings);
    const project = settings['issues_project'] ?? settings['project'] ?? '';
    const context = { world, api, project };
    return {
        platform: 'gitlab',
        titleLimit: TITLE_LIMIT,
        bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
        measureBody: (markdown, metadata) => (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(markdown, metadata).length,
        formatDescription: (markdown) => markdown,
        getIssue: (key) => api.attempt('getIssue', () => getIssue(context, key)),
        listIssues: (filter) => listIssues(context, filter),
        createIssue: (draft) => api.attempt('createIssue', () => createIssue(context, draft)),
        updateIssue: (key, patch) => api.attempt('updateIssue', () => updateIssue(context, key, patch)),
        transitionIssue: (key, state) => api.attempt('transitionIssue', () => transitionIssue(context, key, state)),
        listComments: (key) => api.attempt('listComments', () => listComments(context, key)),
        addComment: (key, markdown) => api.attempt('addComment', () => addComment(context, key, markdown)),
    };
}
async function getIssue({ api, project }, key) {
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await api.resources().issues.show(numberOf(key), { projectId: project }));
}
async function* listIssues(context, filter = {}) {
    const operation = 'listIssues';
    const seen = new Set();
    for (let page = 1; page !== null;) {
        const asked = page;
        const { issues, next } = await context.api.attempt(operation, () => readPage(context, filter, asked));
        for (const issue of issues) {
            // an issue that is opened meanwhile moves the others to later pages
            if (!seen.has(issue.key))
                yield issue;
            seen.add(issue.key);
        }
        page = next;
    }
}
async function readPage({ api, project }, { state = 'all', labels = [], createdSince }, page) {
    const wanted = (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .labelList */ .d8)(labels);
    const { data, paginationInfo } = await api.resources().issues.all({
        projectId: project,
        scope: 'all',
        issueType: 'issue',
        orderBy: 'created_at',
        sort: 'desc',
        page,
        perPage: 100,
        showExpanded: true,
        ...(state === 'all' ? {} : { state: state === 'open' ? 'opened' : 'closed' }),
        ...(wanted ? { labels: wanted } : {}),
        ...(createdSince === undefined ? {} : { createdAfter: new Date(createdSince).toISOString() }),
    });
    return { issues: data.map(_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9), next: paginationInfo.next };
}
/** Labels that do not exist are created by GitLab itself. A guest's labels are dropped in silence; the answer shows what was applied. */
async function createIssue(context, draft) {
    const { api, project } = context;
    const labels = (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .labelList */ .d8)(draft.labels ?? []);
    const assigneeIds = await (0,_people_js__WEBPACK_IMPORTED_MODULE_3__/* .userIds */ .E)(context, draft.assignees ?? [], 'the issue is opened without');
    const description = (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .storable */ .hN)((0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(draft.body, draft.metadata));
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await api.resources().issues.create(project, (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .Jj)((0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .storable */ .hN)(draft.title), TITLE_LIMIT), {
        description,
        issueType: 'issue',
        ...(labels ? { labels } : {}),
        ...(assigneeIds.length > 0 ? { assigneeIds } : {}),
    }));
}
async function updateIssue(context, key, patch) {
    const number = numberOf(key);
    const { title, body, labels, metadata } = patch;
    const changes = {
        ...(title === undefined ? {} : { title: (0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .Jj)((0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .storable */ .hN)(title), TITLE_LIMIT) }),
        ...(labels === undefined ? {} : { labels: (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .labelList */ .d8)(labels) }),
        ...(await descriptionFor(context, key, { body, metadata })),
    };
    // GitLab refuses an edit without any field
    if (Object.keys(changes).length === 0)
        return getIssue(context, key);
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await context.api.resources().issues.edit(context.project, number, changes));
}
/** Body and metadata are one text at GitLab: the part that does not change is read first. */
async function descriptionFor(context, key, { body, metadata }) {
    if (body === undefined && metadata === undefined)
        return {};
    const present = body === undefined || metadata === undefined ? await getIssue(context, key) : undefined;
    const description = (0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_1__/* .withMetadata */ .U)(body ?? present?.body ?? '', metadata ?? present?.metadata);
    return { description: (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .storable */ .hN)(description) };
}
/** GitLab has open and closed only: what is under way is open, what will not be done is closed. */
async function transitionIssue(context, key, state) {
    const present = await getIssue(context, key);
    const closed = state === 'done' || state === 'canceled';
    if (closed === (present.state === 'done'))
        return present;
    const stateEvent = closed ? 'close' : 'reopen';
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toIssue */ .N9)(await context.api.resources().issues.edit(context.project, numberOf(key), { stateEvent }));
}
async function listComments({ api, project }, key) {
    const options = { sort: 'asc', orderBy: 'created_at', perPage: 100 };
    const notes = await api.resources().issueNotes.all(project, numberOf(key), options);
    return notes.filter((note) => !note.system).map(_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toComment */ .T5);
}
async function addComment({ api, project }, key, markdown) {
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .toComment */ .T5)(await api.resources().issueNotes.create(project, numberOf(key), (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .storable */ .hN)(markdown)));
}
function numberOf(key) {
    if (/^[1-9]\d{0,9}$/.test(key))
        return Number(key);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PaceError */ .qw({
        kind: 'validation',
        message: `"${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .Jj)(key, 50)}" is not the number of a GitLab issue.`,
        remedy: 'Please write the number only, as in `12`.',
    });
}


/***/ })

};
