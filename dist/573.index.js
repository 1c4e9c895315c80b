export const id = 573;
export const ids = [573];
export const modules = {

/***/ 5407:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

var map = {
	"./BurstyRateLimiter": [
		5860
	],
	"./BurstyRateLimiter.js": [
		5860
	],
	"./ExpressBruteFlexible": [
		3966,
		966
	],
	"./ExpressBruteFlexible.js": [
		3966,
		966
	],
	"./RLWrapperBlackAndWhite": [
		7383
	],
	"./RLWrapperBlackAndWhite.js": [
		7383
	],
	"./RLWrapperTimeouts": [
		4016
	],
	"./RLWrapperTimeouts.js": [
		4016
	],
	"./RateLimiterAbstract": [
		8569
	],
	"./RateLimiterAbstract.js": [
		8569
	],
	"./RateLimiterCluster": [
		565
	],
	"./RateLimiterCluster.js": [
		565
	],
	"./RateLimiterDrizzle": [
		673
	],
	"./RateLimiterDrizzle.js": [
		673
	],
	"./RateLimiterDrizzleNonAtomic": [
		7728
	],
	"./RateLimiterDrizzleNonAtomic.js": [
		7728
	],
	"./RateLimiterDynamo": [
		2309
	],
	"./RateLimiterDynamo.js": [
		2309
	],
	"./RateLimiterEtcd": [
		6481
	],
	"./RateLimiterEtcd.js": [
		6481
	],
	"./RateLimiterEtcdNonAtomic": [
		5299
	],
	"./RateLimiterEtcdNonAtomic.js": [
		5299
	],
	"./RateLimiterInsuredAbstract": [
		3847
	],
	"./RateLimiterInsuredAbstract.js": [
		3847
	],
	"./RateLimiterMemcache": [
		3250
	],
	"./RateLimiterMemcache.js": [
		3250
	],
	"./RateLimiterMemory": [
		4544
	],
	"./RateLimiterMemory.js": [
		4544
	],
	"./RateLimiterMongo": [
		8439
	],
	"./RateLimiterMongo.js": [
		8439
	],
	"./RateLimiterMySQL": [
		7793
	],
	"./RateLimiterMySQL.js": [
		7793
	],
	"./RateLimiterPostgres": [
		3740
	],
	"./RateLimiterPostgres.js": [
		3740
	],
	"./RateLimiterPrisma": [
		6323
	],
	"./RateLimiterPrisma.js": [
		6323
	],
	"./RateLimiterQueue": [
		2860
	],
	"./RateLimiterQueue.js": [
		2860
	],
	"./RateLimiterRedis": [
		4336
	],
	"./RateLimiterRedis.js": [
		4336
	],
	"./RateLimiterRes": [
		449
	],
	"./RateLimiterRes.js": [
		449
	],
	"./RateLimiterSQLite": [
		3283
	],
	"./RateLimiterSQLite.js": [
		3283
	],
	"./RateLimiterStoreAbstract": [
		5140
	],
	"./RateLimiterStoreAbstract.js": [
		5140
	],
	"./RateLimiterUnion": [
		244
	],
	"./RateLimiterUnion.js": [
		244
	],
	"./RateLimiterValkey": [
		2193
	],
	"./RateLimiterValkey.js": [
		2193
	],
	"./RateLimiterValkeyGlide": [
		3756
	],
	"./RateLimiterValkeyGlide.js": [
		3756
	],
	"./component/BlockedKeys": [
		8830
	],
	"./component/BlockedKeys/": [
		8830
	],
	"./component/BlockedKeys/BlockedKeys": [
		5202
	],
	"./component/BlockedKeys/BlockedKeys.js": [
		5202
	],
	"./component/BlockedKeys/index": [
		8830
	],
	"./component/BlockedKeys/index.js": [
		8830
	],
	"./component/MemoryStorage": [
		8178,
		178
	],
	"./component/MemoryStorage/": [
		8178,
		178
	],
	"./component/MemoryStorage/MemoryStorage": [
		1534
	],
	"./component/MemoryStorage/MemoryStorage.js": [
		1534
	],
	"./component/MemoryStorage/Record": [
		749
	],
	"./component/MemoryStorage/Record.js": [
		749
	],
	"./component/MemoryStorage/index": [
		8178,
		178
	],
	"./component/MemoryStorage/index.js": [
		8178,
		178
	],
	"./component/RateLimiterEtcdTransactionFailedError": [
		3184
	],
	"./component/RateLimiterEtcdTransactionFailedError.js": [
		3184
	],
	"./component/RateLimiterQueueError": [
		7948
	],
	"./component/RateLimiterQueueError.js": [
		7948
	],
	"./component/RateLimiterSetupError": [
		2922
	],
	"./component/RateLimiterSetupError.js": [
		2922
	],
	"./constants": [
		3880,
		880
	],
	"./constants.js": [
		3880,
		880
	]
};
function webpackAsyncContext(req) {
	if(!__webpack_require__.o(map, req)) {
		return Promise.resolve().then(() => {
			var e = new Error("Cannot find module '" + req + "'");
			e.code = 'MODULE_NOT_FOUND';
			throw e;
		});
	}

	var ids = map[req], id = ids[0];
	return Promise.all(ids.slice(1).map(__webpack_require__.e)).then(() => {
		return __webpack_require__.t(id, 7 | 16);
	});
}
webpackAsyncContext.keys = () => (Object.keys(map));
webpackAsyncContext.id = 5407;
module.exports = webpackAsyncContext;

/***/ }),

/***/ 5715:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HD: () => (/* binding */ readable),
/* harmony export */   Ng: () => (/* binding */ connect)
/* harmony export */ });
/* unused harmony export authentication */
/* harmony import */ var _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5833);
/* harmony import */ var _gitbeaker_requester_utils__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3888);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(776);
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6136);
/** GitLab's REST client over our own fetch, and what a refusal of GitLab means. https://docs.gitlab.com/api/rest/ */




/** What each operation needs. https://docs.gitlab.com/user/permissions/ */
const PERMISSIONS = {
    repository: { deed: 'read the project', scope: 'read_api', role: 'Reporter' },
    listChecks: { deed: 'read the jobs and statuses of a commit', scope: 'read_api', role: 'Reporter' },
    proposeChange: { deed: 'create a branch and a merge request', scope: 'api', role: 'Developer' },
    findChange: { deed: 'read merge requests', scope: 'read_api', role: 'Reporter' },
    setCommitStatus: { deed: 'set a commit status', scope: 'api', role: 'Developer' },
    getVariable: { deed: 'read CI/CD variables', scope: 'read_api', role: 'Maintainer' },
    setVariable: { deed: 'write CI/CD variables', scope: 'api', role: 'Maintainer' },
    upsertChangeNote: { deed: 'write a note at the merge request', scope: 'api', role: 'Reporter' },
    getIssue: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    listIssues: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    listComments: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    createIssue: { deed: 'create issues', scope: 'api', role: 'Reporter' },
    updateIssue: { deed: 'edit issues', scope: 'api', role: 'Reporter' },
    transitionIssue: { deed: 'close and reopen issues', scope: 'api', role: 'Reporter' },
    addComment: { deed: 'comment on issues', scope: 'api', role: 'Reporter' },
};
/** The client for the instance and the token of these settings. */
function connect(world, settings) {
    const url = (settings['url'] ?? 'https://gitlab.com').replace(/\/+$/, '').replace(/\/api\/v4$/, '');
    const { credential, ...auth } = authentication(settings);
    const fetch = (0,_http_js__WEBPACK_IMPORTED_MODULE_2__/* .createFetch */ .H)(world, { title: 'GitLab' });
    const options = (signal) => ({
        ...auth,
        host: url,
        queryTimeout: null,
        rateLimits: {},
        requesterFn: (service) => requester(fetch, service, signal),
    });
    return {
        url,
        credential,
        resources: (signal) => createResources(options(signal)),
        attempt: async (operation, calls, signal) => {
            try {
                return await calls();
            }
            catch (error) {
                // an aborted call ends with the signal's own reason
                if (signal?.aborted)
                    throw error;
                throw refine((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asPaceError */ .Qd)(error), operation, credential);
            }
        },
    };
}
/** Which header a token goes into. https://docs.gitlab.com/api/rest/authentication/ */
function authentication(settings) {
    const token = settings['token'];
    if (token && !isJobToken(token)) {
        // tokens of OAuth applications are 64 hexadecimal digits, access tokens never are
        const oauth = /^[0-9a-f]{64}$/.test(token);
        return { credential: 'token', ...(oauth ? { oauthToken: token } : { token }) };
    }
    const jobToken = token || settings['job_token'];
    return jobToken ? { credential: 'job-token', jobToken } : { credential: 'none' };
}
/** People do pass `$CI_JOB_TOKEN` as GITLAB_TOKEN; its prefix, or its being a JWT, gives it away. */
function isJobToken(token) {
    return token.startsWith('glcbt-') || /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}
function createResources(options) {
    return {
        commits: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .Commits */ .f7P(options),
        files: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .RepositoryFiles */ .Yn4(options),
        issueNotes: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .IssueNotes */ .nFR(options),
        issues: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .Issues */ .tm1(options),
        jobs: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .Jobs */ .XPB(options),
        mergeRequestNotes: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .MergeRequestNotes */ .vxy(options),
        mergeRequests: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .MergeRequests */ .nPt(options),
        pipelines: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .Pipelines */ .Cwc(options),
        projects: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .Projects */ .JtL(options),
        users: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .Users */ .zWC(options),
        variables: new _gitbeaker_core__WEBPACK_IMPORTED_MODULE_0__/* .ProjectVariables */ .fYE(options),
    };
}
function requester(fetch, service, signal) {
    const send = (method) => async (endpoint, options) => {
        const { prefixUrl = '', searchParams = '', headers, body, } = await (0,_gitbeaker_requester_utils__WEBPACK_IMPORTED_MODULE_1__/* .defaultOptionsHandler */ .wn)(service, {
            ...options,
            method,
        });
        const url = new URL(endpoint, prefixUrl.endsWith('/') ? prefixUrl : `${prefixUrl}/`);
        url.search = searchParams;
        const response = await fetch(url, {
            method,
            ...(headers ? { headers } : {}),
            ...(body ? { body } : {}),
            ...(signal ? { signal } : {}),
        });
        return {
            body: await readBody(response, url),
            headers: { ...Object.fromEntries(response.headers), ...nextPage(response, url) },
            status: response.status,
        };
    };
    return { get: send('GET'), post: send('POST'), put: send('PUT'), patch: send('PATCH'), delete: send('DELETE') };
}
/** The client only knows `Link`; a proxy may drop it, and a cut list of checks would look like a pass. */
function nextPage({ headers }, url) {
    const page = headers.get('x-next-page');
    if (headers.has('link') || !page)
        return {};
    const next = new URL(url);
    next.searchParams.set('page', page);
    return { link: `<${next}>; rel="next"` };
}
async function readBody(response, url) {
    const text = await response.text();
    if (text === '')
        return null;
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .PaceError */ .qw({
            kind: 'configuration',
            status: response.status,
            message: `The answer from ${url.origin}${url.pathname} is not one of GitLab's API.`,
            remedy: 'Please check `gitlab.url` (GITLAB_URL): it is the address of the GitLab instance.',
            cause,
        });
    }
}
/** What the call returns; `undefined` when the token may not, or there is no such thing. */
async function readable(call) {
    try {
        return await call();
    }
    catch (error) {
        if ([401, 403, 404].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asPaceError */ .Qd)(error).status ?? 0))
            return undefined;
        throw error;
    }
}
function refine(error, operation, credential) {
    const { deed, scope, role } = PERMISSIONS[operation];
    const { status = 0 } = error;
    // what the whole gate needs, so that the token has to be made only once
    const makeFor = role === 'Maintainer' ? role : 'Developer';
    const add = `Please add a CI/CD variable PACE_GITLAB_TOKEN with a project, group or personal access token of scope \`api\` and role ${makeFor}.`;
    if (credential !== 'token' && [401, 403, 404].includes(status)) {
        const message = credential === 'none'
            ? `GitLab lets nobody ${deed} without a token, and none is set.`
            : `CI_JOB_TOKEN cannot ${deed}: this endpoint of GitLab does not accept it (${status}).`;
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .withOperation */ .oi)(error, operation, { kind: 'permission', message, remedy: add });
    }
    if (error.kind === 'permission') {
        const remedy = `Please give the token the scope \`${scope}\` and the role ${role} (or higher) in the project.`;
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .withOperation */ .oi)(error, operation, { message: `The token may not ${deed}: ${said(error)}`, remedy });
    }
    if (status >= 300 && status < 400) {
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .withOperation */ .oi)(error, operation, {
            kind: 'configuration',
            remedy: 'The project has moved, or the URL is not that of GitLab: please correct `project` or `url`.',
        });
    }
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .withOperation */ .oi)(error, operation);
}
function said(error) {
    return error.vendorMessage ?? error.message;
}


/***/ }),

/***/ 6492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ userIds)
/* harmony export */ });
/* harmony import */ var _untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8913);

/**
 * The ids of these user names. One that GitLab does not know is left out with a warning that ends with `consequence`: the
 * issue or request must not be lost for it.
 */
async function userIds({ world, api }, names, consequence) {
    const ids = [];
    for (const name of names) {
        const username = name.replace(/^@/, '');
        const [user] = await api.resources().users.all({ username });
        if (user)
            ids.push(user.id);
        else
            world.log.warn(`GitLab knows no user "${(0,_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(username, 100)}": ${consequence}.`);
    }
    return ids;
}


/***/ }),

/***/ 5210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ toIssue),
/* harmony export */   T5: () => (/* binding */ toComment),
/* harmony export */   Xn: () => (/* binding */ pipelinesMatter),
/* harmony export */   d8: () => (/* binding */ labelList),
/* harmony export */   hN: () => (/* binding */ storable),
/* harmony export */   rX: () => (/* binding */ toChecks),
/* harmony export */   tU: () => (/* binding */ toChangeRequest),
/* harmony export */   zg: () => (/* binding */ jobToStatus)
/* harmony export */ });
/* unused harmony exports toCheckState, toCheck */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(776);
/* harmony import */ var _hidden_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(717);
/** GitLab's shapes (only what we read), and their translation to neutral words. https://docs.gitlab.com/api/rest/ */


/**
 * `created` is blocked, not pending: it waits for an earlier stage, and that may be the job in which PACE itself runs.
 * `foreignStages` finds those that will start all the same.
 */
const states = new Map([
    ['waiting_for_resource', 'pending'],
    ['waiting_for_callback', 'pending'],
    ['preparing', 'pending'],
    ['pending', 'pending'],
    ['running', 'pending'],
    ['canceling', 'pending'],
    ['created', 'blocked'],
    ['manual', 'blocked'],
    ['scheduled', 'blocked'],
    ['success', 'success'],
    ['failed', 'failure'],
    ['canceled', 'cancelled'],
    ['skipped', 'skipped'],
]);
/** https://docs.gitlab.com/api/jobs/ – a word that is not in the list is `unknown`. */
function toCheckState(status) {
    return states.get(status) ?? 'unknown';
}
/** The pipeline will go on by itself. */
function isAlive(pipeline) {
    return pipeline.status === 'created' || toCheckState(pipeline.status) === 'pending';
}
/** `projectUrl` is the project's page; `''` when it is not known. */
function toCheck(status, projectUrl) {
    const pipelineUrl = projectUrl && status.pipeline_id ? `${projectUrl}/-/pipelines/${status.pipeline_id}` : '';
    return {
        id: String(status.id),
        name: status.name,
        app: isJob(status) ? 'gitlab-ci' : 'status',
        workflow: status.ref ?? '',
        state: toCheckState(status.status),
        vendorState: status.status,
        optional: status.allow_failure === true,
        url: status.target_url || pipelineUrl,
        ...times(status),
    };
}
/** Trigger jobs have no address of their own; an external status has one that is not its job's. */
function isJob(status) {
    return !status.target_url || new RegExp(`/(jobs|builds)/${status.id}$`).test(status.target_url);
}
function jobToStatus(job) {
    return {
        ...job,
        ...(job.web_url === undefined ? {} : { target_url: job.web_url }),
        ...(job.pipeline ? { pipeline_id: job.pipeline.id } : {}),
    };
}
function times(from) {
    return {
        ...(from.started_at ? { startedAt: Date.parse(from.started_at) } : {}),
        ...(from.finished_at ? { completedAt: Date.parse(from.finished_at) } : {}),
    };
}
/**
 * Whether the statuses alone do not tell enough: no job at all (a pipeline whose configuration is broken has none), or a
 * pipeline, other than our own, that looks at rest but has jobs in later stages.
 */
function pipelinesMatter(statuses, ownPipeline) {
    const jobs = statuses.filter(isJob);
    return jobs.length === 0 || foreignStages(jobs, ownPipeline).size > 0;
}
/** Pipelines other than our own in which jobs of later stages are all that is left to do. */
function foreignStages(jobs, ownPipeline) {
    const waiting = jobs.filter((job) => job.status === 'created').map((job) => job.pipeline_id ?? 0);
    const moving = new Set(jobs.filter((job) => toCheckState(job.status) === 'pending').map((job) => job.pipeline_id ?? 0));
    return new Set(waiting.filter((pipeline) => pipeline !== ownPipeline && !moving.has(pipeline)));
}
/** The checks, completed by what the pipelines say. */
function toChecks(options) {
    const { statuses, pipelines, ownPipeline, projectUrl } = options;
    const alive = new Set(pipelines.filter(isAlive).map((pipeline) => pipeline.id));
    const jobs = statuses.filter(isJob);
    const startsYet = new Set([...foreignStages(jobs, ownPipeline)].filter((pipeline) => alive.has(pipeline)));
    const checks = statuses.map((status) => {
        const check = toCheck(status, projectUrl);
        const starts = status.status === 'created' && startsYet.has(status.pipeline_id ?? 0);
        return starts ? { ...check, state: 'pending' } : check;
    });
    return [...checks, ...jobless(pipelines, jobs).map(pipelineToCheck)];
}
/** The newest pipelines of their kind that have no jobs: broken configuration, or not there yet. */
function jobless(pipelines, jobs) {
    const newest = new Map();
    for (const pipeline of pipelines) {
        const kind = `${pipeline.source} ${pipeline.ref}`;
        if (pipeline.id > (newest.get(kind)?.id ?? 0))
            newest.set(kind, pipeline);
    }
    const withJobs = new Set(jobs.map((job) => job.pipeline_id));
    // "external" pipelines hold statuses of others; a skipped one ([skip ci]) has run nothing
    return [...newest.values()].filter(({ id, source, status }) => source !== 'external' && status !== 'skipped' && !withJobs.has(id));
}
function pipelineToCheck(pipeline) {
    return {
        id: `pipeline-${pipeline.id}`,
        name: 'pipeline',
        app: 'gitlab-ci',
        workflow: pipeline.ref,
        state: isAlive(pipeline) ? 'pending' : toCheckState(pipeline.status),
        vendorState: pipeline.status,
        optional: false,
        url: pipeline.web_url,
    };
}
/** `locked` is a merge request that is being merged right now. */
function toChangeRequest(request) {
    const { state } = request;
    return {
        key: String(request.iid),
        url: request.web_url,
        state: state === 'merged' || state === 'closed' ? state : 'open',
    };
}
function toIssue(issue) {
    return {
        key: String(issue.iid),
        url: issue.web_url,
        title: issue.title,
        ...(0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .splitMetadata */ .A)(issue.description ?? ''),
        state: issue.state === 'closed' ? 'done' : 'open',
        stateName: issue.state,
        labels: (issue.labels ?? []).map((label) => (typeof label === 'string' ? label : label.name)),
        assignees: (issue.assignees ?? []).map(toPerson),
        ...(issue.author ? { author: toPerson(issue.author) } : {}),
        createdAt: Date.parse(issue.created_at),
        updatedAt: Date.parse(issue.updated_at),
    };
}
function toComment(note) {
    return {
        id: String(note.id),
        body: note.body,
        ...(note.author ? { author: toPerson(note.author) } : {}),
        createdAt: Date.parse(note.created_at),
    };
}
function toPerson(user) {
    return { id: user.username, name: user.name || user.username };
}
/** GitLab takes labels as one text with commas, so that no label can have one. */
function labelList(labels) {
    const withComma = labels.find((label) => label.includes(','));
    if (withComma !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .PaceError */ .qw({
            kind: 'validation',
            message: `The label "${withComma}" has a comma, and GitLab labels cannot have one.`,
            remedy: 'Please use another character in the name of the label.',
        });
    }
    return [...new Set(labels)].join(',');
}
/** Text as PostgreSQL and JSON take it: no half characters, no NUL. */
function storable(text) {
    return text.toWellFormed().replaceAll('\0', '');
}


/***/ }),

/***/ 717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ splitMetadata),
/* harmony export */   U: () => (/* binding */ withMetadata)
/* harmony export */ });
const BLOCK = /\n*<!-- pace:metadata ([A-Za-z0-9+/=]+) -->\s*$/;
/** Body and metadata as one Markdown text. */
function withMetadata(body, metadata) {
    if (metadata === undefined || Object.keys(metadata).length === 0)
        return body;
    // base64, so that no text inside can end the comment or be changed by a formatter
    const packed = Buffer.from(JSON.stringify(metadata), 'utf8').toString('base64');
    return `${body}\n\n<!-- pace:metadata ${packed} -->`;
}
/** The reverse; a damaged block reads as no metadata and stays in the body. */
function splitMetadata(text) {
    const match = BLOCK.exec(text);
    if (!match?.[1])
        return { body: text, metadata: {} };
    try {
        const metadata = JSON.parse(Buffer.from(match[1], 'base64').toString('utf8'));
        if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
            return { body: text, metadata: {} };
        return { body: text.slice(0, match.index), metadata: metadata };
    }
    catch {
        return { body: text, metadata: {} };
    }
}


/***/ }),

/***/ 6136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ createFetch)
});

// UNUSED EXPORTS: backOff

// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
;// CONCATENATED MODULE: ./build/platforms/rate-limits.js
/**
 * What servers say about their limits, in all the forms that they say it. Pure.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 * https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 * https://linear.app/developers/rate-limiting
 */
const PREFIXES = ['x-ratelimit-', 'ratelimit-', 'x-ratelimit-requests-', 'x-ratelimit-complexity-'];
/** The tightest budget that the headers tell of; `undefined` when they tell of none. */
function budgetOf(headers, now) {
    const told = PREFIXES.flatMap((prefix) => {
        const remaining = numberIn(headers, `${prefix}remaining`);
        if (remaining === undefined)
            return [];
        const limit = numberIn(headers, `${prefix}limit`);
        const resetAt = instant(headers.get(`${prefix}reset`), now);
        return [{ remaining, ...(limit === undefined ? {} : { limit }), ...(resetAt === undefined ? {} : { resetAt }) }];
    });
    const all = [...told, ...structured(headers, now)];
    return all.sort((a, b) => share(a) - share(b))[0];
}
function share({ remaining, limit }) {
    return limit ? remaining / limit : remaining;
}
/** `RateLimit: "default";r=50;t=30` of the IETF draft: requests left, seconds until more. */
function structured(headers, now) {
    const text = headers.get('ratelimit') ?? '';
    const remaining = /(?:^|[;,\s])r(?:emaining)?=(\d+)/.exec(text)?.[1];
    if (remaining === undefined)
        return [];
    const seconds = /(?:^|[;,\s])(?:t|reset)=(\d+)/.exec(text)?.[1];
    return [
        { remaining: Number(remaining), ...(seconds === undefined ? {} : { resetAt: now + Number(seconds) * 1000 }) },
    ];
}
function numberIn(headers, name) {
    const text = headers.get(name);
    return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
/** Seconds from now, seconds or milliseconds since 1970, or a date: vendors write all of these. */
function instant(text, now) {
    if (text === null)
        return undefined;
    if (!/^\s*\d+(\.\d+)?\s*$/.test(text)) {
        const date = Date.parse(text);
        return Number.isFinite(date) ? date : undefined;
    }
    const number = Number(text);
    if (number > 1e11)
        return number;
    return number > 1e9 ? number * 1000 : now + number * 1000;
}
/**
 * How long the server asks us to stay away, in milliseconds: `Retry-After` in seconds or as a date, else the end of an
 * exhausted window. `undefined` when it does not ask.
 */
function waitAskedFor(headers, now) {
    const after = headers.get('retry-after')?.trim();
    if (after) {
        const milliseconds = /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
        if (Number.isFinite(milliseconds))
            return Math.max(0, milliseconds);
    }
    const budget = budgetOf(headers, now);
    if (budget?.remaining !== 0 || budget.resetAt === undefined)
        return undefined;
    return Math.max(0, budget.resetAt - now);
}
/** Whether a refusal is about the rate and not about rights: status 429, or a 403 that says so. */
function isRateLimited(status, headers, words) {
    if (status === 429)
        return true;
    if (status !== 403)
        return false;
    return headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0' || /\brate limit\b/i.test(words);
}

// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
;// CONCATENATED MODULE: ./build/platforms/refusal.js
/** What an answer other than success means, the same for every vendor; platforms refine message and remedy per operation. */



const REMEDIES = {
    authentication: 'Please check that the token is set, complete and not expired.',
    permission: 'Please give the token the permission that this operation needs.',
    'not-found': 'Please check the name, and that the token may see it: many services answer 404 for a missing permission.',
    conflict: 'Something else changed the same thing at the same time; the next run tries again.',
    'rate-limit': 'Please run less often, or use a token with a larger budget; the next run tries again.',
    transient: 'The service is in trouble; the next run tries again.',
    validation: 'Please compare the named fields with what the project accepts.',
    unexpected: 'Please check that the configured URL is that of the API.',
};
const VENDOR_WORDS = 500;
function refusal(options) {
    const { title, method, response, now } = options;
    const { status, headers } = response;
    const words = vendorWords(options.bytes, headers, options.describe);
    const kind = isRateLimited(status, headers, words) ? 'rate-limit' : kindOf(status);
    const retryAfter = waitAskedFor(headers, now);
    const reason = headers.get('ratelimit-reason');
    const { origin, pathname } = new URL(options.url);
    const said = [words, reason ? `(${(0,untrusted_text/* plainLine */.h0)(reason, 80)})` : ''].filter(Boolean).join(' ');
    return new errors/* PaceError */.qw({
        kind,
        status,
        message: `${title} answered ${status} to ${method} ${origin}${pathname}${said ? `: ${said}` : '.'}`,
        remedy: REMEDIES[kind],
        ...(words ? { vendorMessage: words } : {}),
        ...(retryAfter === undefined ? {} : { retryAfter }),
    });
}
function kindOf(status) {
    if (status === 401 || status === 407)
        return 'authentication';
    if (status === 403)
        return 'permission';
    if (status === 404 || status === 410)
        return 'not-found';
    if (status === 409 || status === 412)
        return 'conflict';
    if (status === 400 || status === 422)
        return 'validation';
    return status === 408 || status >= 500 ? 'transient' : 'unexpected';
}
function vendorWords(bytes, headers, describe) {
    const text = new TextDecoder().decode(bytes.slice(0, 65_536));
    let body = text;
    try {
        body = JSON.parse(text);
    }
    catch {
        // a proxy's or a server's page says nothing about the call
        if (/<html|<!doctype/i.test(text))
            return '(a web page instead of an API answer)';
    }
    return (0,untrusted_text/* plainLine */.h0)(describe?.(body, headers) ?? (typeof body === 'string' ? body : messageIn(body)), VENDOR_WORDS);
}
function messageIn(body) {
    if (typeof body !== 'object' || body === null)
        return '';
    const { message, error, errors } = body;
    const parts = [message, error, errors].filter((part) => part !== undefined && part !== null);
    return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
}

;// CONCATENATED MODULE: ./build/platforms/unreachable.js
/** Why no answer came, in words that lead to the cause: the host, the network, the proxy, or a certificate. Pure. */


/**
 * @param why what is known besides the error, e.g. that a time-out has passed; else the error's own root cause
 */
function unreachable(title, origin, why, cause) {
    const reason = why ?? rootCause(cause);
    const isCertificate = UNTRUSTED.has(reason) || OTHERWISE_WRONG.has(reason);
    return new errors/* PaceError */.qw({
        kind: isCertificate ? 'configuration' : 'transient',
        message: `${title} could not be reached at ${origin} (${reason}).`,
        remedy: remedyFor(reason),
        cause,
    });
}
/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED = new Set([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_UNTRUSTED',
]);
const OTHERWISE_WRONG = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID']);
function remedyFor(reason) {
    if (UNTRUSTED.has(reason)) {
        return 'The certificate comes from an authority that this machine does not know. Please set NODE_EXTRA_CA_CERTS (or SSL_CERT_FILE) to a PEM file with the certificate of that authority; never switch verification off.';
    }
    if (OTHERWISE_WRONG.has(reason)) {
        return 'The certificate is expired, not yet valid, or made for another host. Please check the URL and the clock of the runner, and have the certificate renewed.';
    }
    if (/^Proxy response \(407\)/.test(reason)) {
        return 'The proxy wants a login. Please write it into HTTPS_PROXY as http://user:password@host:port, from a secret.';
    }
    if (/^Proxy response/.test(reason)) {
        return 'The proxy of HTTPS_PROXY does not let this host through. Please allow it there, or name the host in NO_PROXY.';
    }
    return 'Please check the URL, the network and the proxy of the runner; the next run tries again.';
}
function rootCause(error) {
    let link = error;
    while (link instanceof Error && link.cause instanceof Error)
        link = link.cause;
    if (!(link instanceof Error))
        return (0,untrusted_text/* plainLine */.h0)(String(link), 200);
    const code = 'code' in link && typeof link.code === 'string' ? link.code : '';
    // the client's code for a refused tunnel says nothing; its words do
    return (0,untrusted_text/* plainLine */.h0)(code && code !== 'UND_ERR_ABORTED' ? code : link.message, 200);
}

// EXTERNAL MODULE: ./build/platforms/version.js + 1 modules
var version = __webpack_require__(108);
;// CONCATENATED MODULE: ./build/platforms/http.js
/**
 * The one way out to the network: time-outs, safe retries, limits of servers, redirects without credentials, conditional
 * requests, typed errors. What is known about a host is kept in `world.traffic` and shared by everybody who talks to it.
 */





const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;
/**
 * A fetch for one vendor. Resolves with a 2xx answer only; everything else is a `PaceError` of the fitting kind.
 * A read that carries an ETag is asked for again with `If-None-Match`, and a 304 comes back as the stored answer.
 */
function createFetch(world, options) {
    const { retries = 3, maxWaitMs = 60_000, limitedWaitMs = 0 } = options;
    const cache = createCache();
    return async (input, init) => {
        const request = new Request(input, init);
        const isRead = request.method === 'GET' || request.method === 'HEAD';
        const call = { request, isRead, body: request.body === null ? undefined : await request.arrayBuffer() };
        const host = world.traffic.host(new URL(request.url).origin);
        for (let attempt = 0;; attempt += 1) {
            try {
                return await followed(world, options, cache, call);
            }
            catch (error) {
                if (request.signal.aborted)
                    throw request.signal.reason;
                const met = (0,errors/* asPaceError */.Qd)(error);
                const asked = met.retryAfter ?? (met.kind === 'rate-limit' ? limitedWaitMs : 0);
                const wait = Math.max(asked, backOff(attempt, world.random()));
                const mayRepeat = met.kind === 'rate-limit' || (isRead && met.kind === 'transient');
                if (!mayRepeat || attempt >= retries || wait > Math.min(maxWaitMs, world.traffic.deadline - world.now()))
                    throw met;
                if (host.deadFor(world.now()) > 0)
                    throw met;
                world.log.debug(`${met.message} Trying again in ${Math.ceil(wait / 1000)} s.`);
                host.retried();
                host.waited(wait);
                await world.sleep(wait, request.signal);
            }
        }
    };
}
/** 1 s, 2 s, 4 s, … at most 60 s, ± 10 %. */
function backOff(attempt, random) {
    return Math.min(1000 * 2 ** attempt, 60_000) * (0.9 + 0.2 * random);
}
/** Redirects within the same origin are followed; to another one they are refused, so that no credential ever goes there. */
async function followed(world, options, cache, call) {
    const headers = new Headers(call.request.headers);
    headers.set('user-agent', `pace/${version/* VERSION */.x}`);
    let { url } = call.request;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
        const response = await attempt(world, options, cache, { ...call, url, headers });
        const location = response.headers.get('location');
        if (!REDIRECTS.has(response.status) || location === null)
            return response;
        const next = new URL(location, url);
        const repeats = call.isRead || response.status >= 307;
        if (next.origin !== new URL(url).origin || !repeats)
            throw moved(options.title, next);
        url = next.href;
    }
    throw moved(options.title, new URL(url));
}
function moved(title, to) {
    return new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `${title} has moved to ${to.origin}${to.pathname}.`,
        remedy: 'Please use the new address or name in the configuration.',
    });
}
/** One request and its whole answer: 2xx or a redirect. */
async function attempt(world, options, cache, call) {
    const host = world.traffic.host(new URL(call.url).origin);
    await takeTurn(world, options, call);
    const key = call.request.method === 'GET' ? `${call.url} ${call.headers.get('accept') ?? ''}` : undefined;
    const known = key === undefined ? undefined : cache.get(key);
    const { response, bytes } = await exchange(world, options, call, known?.etag);
    host.answered(response.status, budgetOf(response.headers, world.now()));
    if (response.status === 304 && known)
        return new Response(known.body, { status: 200, headers: known.headers });
    if (REDIRECTS.has(response.status))
        return new Response(null, { status: response.status, headers: response.headers });
    if (!response.ok) {
        const { title, describe } = options;
        const { method } = call.request;
        const refused = refusal({ title, method, url: call.url, response, bytes, now: world.now(), describe });
        if (refused.kind === 'rate-limit')
            host.limited();
        throw refused;
    }
    const etag = response.headers.get('etag');
    if (key !== undefined && etag)
        cache.set(key, { etag, body: bytes, headers: response.headers });
    const empty = response.status === 204 || response.status === 205;
    return new Response(empty ? null : bytes, { status: response.status, headers: response.headers });
}
/** Waits for the host's bucket; a host that counts as dead is not asked. */
async function takeTurn(world, { title }, { url, isRead, request }) {
    const { origin } = new URL(url);
    const host = world.traffic.host(origin);
    const dead = host.deadFor(world.now());
    if (dead > 0)
        throw unreachable(title, origin, `no answer to the last attempts; it is not asked for ${Math.ceil(dead / 1000)} s`);
    const wait = host.take(isRead ? 'read' : 'write', world.now());
    if (wait === 0)
        return;
    host.waited(wait);
    await world.sleep(wait, request.signal);
}
async function exchange(world, options, { url, headers, request, body }, etag) {
    const { firstByteMs = 15_000, wholeMs = 60_000 } = options;
    const timer = deadlines(firstByteMs, wholeMs);
    const sent = new Headers(headers);
    if (etag)
        sent.set('if-none-match', etag);
    try {
        const response = await world.fetch(url, {
            method: request.method,
            headers: sent,
            redirect: 'manual',
            signal: AbortSignal.any([request.signal, timer.signal]),
            ...(body === undefined ? {} : { body }),
        });
        timer.firstByte();
        return { response, bytes: await readBounded(response, options) };
    }
    catch (error) {
        if (error instanceof errors/* PaceError */.qw || request.signal.aborted)
            throw error;
        const { origin } = new URL(url);
        world.traffic.host(origin).unreachable(world.now());
        throw unreachable(options.title, origin, timer.passed(), error);
    }
    finally {
        timer.stop();
    }
}
/** Real time, not the world's: it bounds a socket that hangs. */
function deadlines(firstByteMs, wholeMs) {
    const controller = new AbortController();
    let passed;
    const end = (milliseconds, what) => setTimeout(() => {
        passed = `${what} within ${milliseconds / 1000} s`;
        controller.abort();
    }, milliseconds);
    const first = end(firstByteMs, 'no answer');
    const whole = end(wholeMs, 'no whole answer');
    return {
        signal: controller.signal,
        passed: () => passed,
        firstByte: () => clearTimeout(first),
        stop: () => {
            clearTimeout(first);
            clearTimeout(whole);
        },
    };
}
async function readBounded(response, options) {
    const { maxResponseBytes = 50 * 1024 * 1024 } = options;
    const chunks = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
        size += chunk.byteLength;
        if (size > maxResponseBytes) {
            throw new errors/* PaceError */.qw({
                kind: 'unexpected',
                status: response.status,
                message: `${options.title} sent an answer of more than ${maxResponseBytes} bytes.`,
                remedy: 'Please check that the configured URL is that of the API.',
            });
        }
        chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks)).buffer;
}
const CACHED_ANSWERS = 64;
/** The last answers that carried an ETag, by address. */
function createCache() {
    const answers = new Map();
    return {
        get: (key) => answers.get(key),
        set: (key, answer) => {
            answers.delete(key);
            answers.set(key, answer);
            const [oldest] = answers.keys();
            if (answers.size > CACHED_ANSWERS && oldest !== undefined)
                answers.delete(oldest);
        },
    };
}


/***/ })

};
