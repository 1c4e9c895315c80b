export const id = 475;
export const ids = [475];
export const modules = {

/***/ 475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ createApi)
/* harmony export */ });
/* harmony import */ var _octokit_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5194);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(776);
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6136);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(108);
/* harmony import */ var _refusals_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1186);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3474);
/** The vendor's client on our own fetch, and what each refusal means. https://docs.github.com/en/rest */






/** Newer versions break answers; GitHub supports this one until 2028. https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const API_VERSION = '2022-11-28';
/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const LIMITED_WAIT = 60_000;
/** The API for `repository` (`owner/name`) with the token and address from the settings. */
function createApi(world, settings, repository) {
    const [owner = '', repo = '', ...rest] = repository.split('/');
    if (!owner || !repo || rest.length > 0)
        throw badRepository(repository);
    const baseUrl = apiUrl(settings);
    const warnOnce = budgetWarning(world);
    let singleSignOn;
    const watching = {
        ...world,
        fetch: async (input, init) => {
            const response = await world.fetch(input, init);
            // https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#authenticating-with-saml-sso
            singleSignOn = /^required; url=(\S+)/.exec(response.headers.get('x-github-sso') ?? '')?.[1];
            warnOnce(response.headers);
            return response;
        },
    };
    const octokit = new _octokit_core__WEBPACK_IMPORTED_MODULE_0__/* .Octokit */ .E({
        baseUrl,
        auth: settings['token'],
        userAgent: `pace/${_version_js__WEBPACK_IMPORTED_MODULE_1__/* .VERSION */ .x}`,
        request: { fetch: (0,_http_js__WEBPACK_IMPORTED_MODULE_2__/* .createFetch */ .H)(watching, { title: 'GitHub', describe: _wire_js__WEBPACK_IMPORTED_MODULE_3__/* .errorWords */ .Yi, limitedWaitMs: LIMITED_WAIT }) },
        log: { debug: world.log.debug, info: world.log.debug, warn: world.log.debug, error: world.log.debug },
    });
    octokit.hook.before('request', (options) => {
        options.headers['x-github-api-version'] = API_VERSION;
    });
    async function answer(operation, deed, send) {
        try {
            return await send(octokit);
        }
        catch (error) {
            const context = { operation, deed, repository, env: world.env, singleSignOn };
            throw await (0,_refusals_js__WEBPACK_IMPORTED_MODULE_4__/* .explained */ .to)((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .asPaceError */ .Qd)(error), context);
        }
    }
    return {
        repository: { owner, repo },
        fullName: repository,
        call: async (operation, deed, send) => (await answer(operation, deed, send)).data,
        async *pages(operation, deed, send) {
            for (let page = await answer(operation, deed, send);;) {
                yield page.data;
                const next = nextPage(page.headers.link, baseUrl);
                if (next === undefined)
                    return;
                page = await answer(operation, deed, (client) => client.request({ method: 'GET', url: next }));
            }
        },
    };
}
/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function budgetWarning(world) {
    let said = false;
    return (headers) => {
        const [limit, left, reset] = ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)));
        if (said || !limit || !reset || left === undefined || left >= limit / 10)
            return;
        said = true;
        const minutes = Math.max(1, Math.ceil((reset - world.now() / 1000) / 60));
        world.log.warn(`GitHub allows ${left} more of ${limit} requests in the next ${minutes} min; all jobs of the repository share them.`);
    };
}
function badRepository(repository) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PaceError */ .qw({
        kind: 'configuration',
        message: `"${repository}" is not the name of a GitHub repository.`,
        remedy: 'Please write it as `owner/name` in GITHUB_REPOSITORY or `github.repository`.',
        operation: 'configure',
    });
}
/** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#path */
function apiUrl(settings) {
    const given = settings['api_url'] ?? fromServerUrl(settings['server_url'] ?? 'https://github.com');
    const url = URL.parse(given);
    if (url === null || !/^https?:$/.test(url.protocol)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PaceError */ .qw({
            kind: 'configuration',
            message: `"${given}" is not the address of a GitHub API.`,
            remedy: 'Please write GITHUB_API_URL (`github.api_url`) like https://api.github.com or https://HOST/api/v3.',
            operation: 'configure',
        });
    }
    return url.href.replace(/\/+$/, '');
}
function fromServerUrl(server) {
    const url = URL.parse(server);
    if (url?.hostname === 'github.com' || url?.hostname.endsWith('.ghe.com'))
        return `https://api.${url.host}`;
    return `${server.replace(/\/+$/, '')}/api/v3`;
}
function nextPage(link, baseUrl) {
    const next = /<([^<>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
    if (next === undefined)
        return undefined;
    // the token goes with the request: to nobody but the server we know
    if (URL.parse(next)?.origin === new URL(baseUrl).origin)
        return next;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PaceError */ .qw({
        kind: 'unexpected',
        message: 'GitHub names a next page on another server.',
        remedy: 'Please check that `github.api_url` is the address by which the server knows itself.',
    });
}


/***/ }),

/***/ 8755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B7: () => (/* binding */ isForkPullRequest),
/* harmony export */   nc: () => (/* binding */ isOwnRepository),
/* harmony export */   x: () => (/* binding */ judgedCommit)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/** The event that a workflow runs for. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */

/** The head of a pull request or merge group, the commit of the run that triggered this one, else `GITHUB_SHA`. */
async function judgedCommit(env) {
    if (env['GITHUB_ACTIONS'] !== 'true')
        return undefined;
    const event = await readEvent(env);
    const candidates = [event.pull_request?.head?.sha, event.merge_group?.head_sha, event.workflow_run?.head_sha];
    const sha = [...candidates, env['GITHUB_SHA']].find(isSha);
    if (sha === undefined)
        return undefined;
    return comesFromFork(event, env) ? { sha, note: FORK_NOTE } : { sha };
}
const FORK_NOTE = 'This run belongs to a pull request from a fork: its token can only read, so the decision stands in the summary and the log only.';
/** True when the run's token is read-only because the change comes from a fork. */
async function isForkPullRequest(env) {
    return comesFromFork(await readEvent(env), env);
}
function comesFromFork({ pull_request }, env) {
    // `pull_request_target` runs with the token of the base repository
    if (!env['GITHUB_EVENT_NAME']?.startsWith('pull_request') || env['GITHUB_EVENT_NAME'] === 'pull_request_target')
        return false;
    if (pull_request?.head === undefined)
        return false;
    return pull_request.head.repo?.full_name !== pull_request.base?.repo?.full_name;
}
/** True for the repository that the workflow belongs to; GitHub does not mind upper and lower case. */
function isOwnRepository(env, repository) {
    return env['GITHUB_REPOSITORY']?.toLowerCase() === repository.toLowerCase();
}
async function readEvent(env) {
    const path = env['GITHUB_EVENT_PATH'];
    if (!path)
        return {};
    try {
        const event = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8'));
        return event ?? {};
    }
    catch {
        // absent in steps that run in a container of their own; GITHUB_SHA is there all the same
        return {};
    }
}
function isSha(value) {
    return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
}


/***/ }),

/***/ 1186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   to: () => (/* binding */ explained),
/* harmony export */   uF: () => (/* binding */ permissionRemedy)
/* harmony export */ });
/* unused harmony export PERMISSIONS */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(776);
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8755);
/** GitHub's refusals in plain words: which permission is missing, and where it is given. */


/**
 * What PACE does, and the permission that it needs, as the key and value under `permissions:` in a workflow.
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
const PERMISSIONS = {
    'read the repository': 'contents: read',
    'list checks': 'checks: read',
    'list commit statuses': 'statuses: read',
    'list workflow runs': 'actions: read',
    'list the jobs of a workflow run': 'actions: read',
    'set a commit status': 'statuses: write',
    'list pull requests': 'pull-requests: read',
    'open or edit a pull request': 'pull-requests: write',
    'label a pull request': 'pull-requests: write',
    'ask for a review': 'pull-requests: write',
    'create a branch and a commit': 'contents: write',
    'read issues': 'issues: read',
    'write issues': 'issues: write',
    'read variables': 'variables: read',
    'write variables': 'variables: write',
};
/** The same error with the operation named, and with the remedy that GitHub itself does not tell. */
async function explained(error, context) {
    const { operation, repository } = context;
    const words = error.vendorMessage ?? '';
    if (/^No commit found/i.test(words)) {
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)(error, operation, {
            kind: 'not-found',
            message: `GitHub knows no such commit in ${repository}.`,
            remedy: 'Please push the commit first, and check that --sha and the repository belong together.',
        });
    }
    if (error.status === 410)
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)(error, operation, gone(words, repository));
    if (error.kind === 'authentication')
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)(error, operation, BAD_TOKEN);
    if (error.kind === 'not-found')
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)(error, operation, unseen(error, context));
    if (error.kind === 'permission')
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)(error, operation, await refused(words, context));
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withOperation */ .oi)(error, operation);
}
const BAD_TOKEN = {
    message: 'GitHub does not accept the token.',
    remedy: `Please check that the token is complete, not expired and not revoked. In a workflow, write "GITHUB_TOKEN: \${{ github.token }}" under "env:" of the step.`,
};
function gone(words, repository) {
    if (!/disabled/i.test(words))
        return { remedy: 'It was deleted; nothing can be done with it any more.' };
    return {
        message: `Issues are disabled in ${repository}.`,
        remedy: 'Please enable them (repository settings → General → Features → Issues), or name another repository in `github.issues_repository`.',
    };
}
function unseen(error, { repository, deed, env }) {
    const foreign = env['GITHUB_ACTIONS'] === 'true' && !(0,_event_js__WEBPACK_IMPORTED_MODULE_1__/* .isOwnRepository */ .nc)(env, repository);
    const reach = foreign
        ? ` The token of a workflow reaches only its own repository (${env['GITHUB_REPOSITORY'] ?? 'unknown'}): use a personal access token or an app token.`
        : '';
    return {
        message: `GitHub has found nothing when asked to ${deed} in ${repository} (${error.vendorMessage ?? 'Not Found'}).`,
        remedy: `Please check that it exists, and that the token may see it: GitHub answers 404 for a missing permission too (${named(PERMISSIONS[deed])}).${reach}`,
    };
}
async function refused(words, context) {
    const { deed, repository, env } = context;
    const message = `The token may not ${deed} in ${repository}${words ? ` (${words})` : ''}.`;
    if (/SAML|single sign-on/i.test(words))
        return { message, remedy: singleSignOnRemedy(context.singleSignOn) };
    if (/archived/i.test(words))
        return { message, remedy: 'The repository is archived and can only be read.' };
    if (/not permitted to create or approve pull requests/i.test(words)) {
        return {
            message,
            remedy: 'Please allow it (repository or organisation settings → Actions → General → "Allow GitHub Actions to create and approve pull requests"), or use a personal access token or an app token.',
        };
    }
    if (deed === 'read variables' || deed === 'write variables')
        return { message, remedy: variablesRemedy(deed) };
    if (await (0,_event_js__WEBPACK_IMPORTED_MODULE_1__/* .isForkPullRequest */ .B7)(env)) {
        return {
            message,
            remedy: 'This run belongs to a pull request from a fork: its token can only read, whatever `permissions:` says. The decision stands in the summary and the log.',
        };
    }
    return { message, remedy: permissionRemedy(PERMISSIONS[deed]) };
}
function singleSignOnRemedy(url) {
    const where = url ?? 'https://github.com/settings/tokens ("Configure SSO")';
    return `The organisation wants single sign-on. Please authorise the token for it at ${where}.`;
}
/** The list of `permissions:` keys knows no variables. https://docs.github.com/en/rest/actions/variables */
function variablesRemedy(deed) {
    const access = deed === 'write variables' ? 'write' : 'read';
    return `The GITHUB_TOKEN of a workflow can never ${access} variables, and \`permissions:\` has no key for it. Please use a fine-grained personal access token or an app token with "Variables: ${access}", or pause by issue (\`pause.by: issue\`).`;
}
/** What to add for a permission such as `issues: write`. */
function permissionRemedy(permission) {
    return `Please add \`${permission}\` to the job in the workflow:\npermissions:\n  ${permission}\nA job with a \`permissions:\` block has nothing but what it lists. A personal access token or an app token needs ${named(permission)}.`;
}
/** As token settings spell it: `pull-requests: write` → `"Pull requests: write"`. */
function named(permission) {
    const words = permission.replace('statuses', 'commit statuses').replaceAll('-', ' ');
    return `"${words.charAt(0).toUpperCase()}${words.slice(1)}"`;
}


/***/ }),

/***/ 3474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BK: () => (/* binding */ toCheckState),
/* harmony export */   FD: () => (/* binding */ fromStatus),
/* harmony export */   Hn: () => (/* binding */ times),
/* harmony export */   Kk: () => (/* binding */ fromCheckRun),
/* harmony export */   MJ: () => (/* binding */ unifyLineEnds),
/* harmony export */   N9: () => (/* binding */ toIssue),
/* harmony export */   T5: () => (/* binding */ toComment),
/* harmony export */   WG: () => (/* binding */ ACTIONS_APP),
/* harmony export */   Yi: () => (/* binding */ errorWords),
/* harmony export */   tU: () => (/* binding */ toChangeRequest)
/* harmony export */ });
/* unused harmony export toStatusState */
/* harmony import */ var _hidden_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(717);
/** GitHub's shapes, as far as we read them, and their translation to neutral words. */

/** https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks */
const UNFINISHED = new Set(['queued', 'in_progress', 'waiting', 'requested', 'pending']);
const CONCLUSIONS = new Map([
    ['success', 'success'],
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['action_required', 'failure'],
    ['startup_failure', 'failure'],
    ['cancelled', 'cancelled'],
    ['stale', 'cancelled'],
    ['skipped', 'skipped'],
    ['neutral', 'neutral'],
]);
const STATUS_STATES = new Map([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
    ['pending', 'pending'],
]);
/** The state of a check run or of a workflow run. */
function toCheckState(status, conclusion) {
    if (status === 'completed')
        return CONCLUSIONS.get(conclusion) ?? 'unknown';
    return status !== null && UNFINISHED.has(status) ? 'pending' : 'unknown';
}
function toStatusState(state) {
    return STATUS_STATES.get(state) ?? 'unknown';
}
/** The app that reports the jobs of GitHub Actions. */
const ACTIONS_APP = 'github-actions';
function fromCheckRun(run, workflow) {
    return {
        id: String(run.id),
        name: run.name,
        app: run.app?.slug ?? '',
        workflow,
        state: toCheckState(run.status, run.conclusion),
        vendorState: run.status === 'completed' ? String(run.conclusion) : run.status,
        optional: false,
        url: run.html_url ?? run.details_url ?? '',
        ...times(run.started_at, run.completed_at),
    };
}
function fromStatus(status) {
    const state = toStatusState(status.state);
    return {
        id: `status-${status.id}`,
        name: status.context,
        app: 'status',
        workflow: '',
        state,
        vendorState: status.state,
        optional: false,
        url: status.target_url ?? '',
        ...times(status.created_at, state === 'pending' ? null : status.updated_at),
    };
}
function times(started, completed) {
    return {
        ...(started ? { startedAt: Date.parse(started) } : {}),
        ...(completed ? { completedAt: Date.parse(completed) } : {}),
    };
}
function toChangeRequest({ number, html_url, state, merged_at }) {
    return { key: String(number), url: html_url, state: merged_at ? 'merged' : state === 'open' ? 'open' : 'closed' };
}
function toIssue(issue) {
    return {
        key: String(issue.number),
        url: issue.html_url,
        title: issue.title,
        ...(0,_hidden_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .splitMetadata */ .A)(unifyLineEnds(issue.body ?? '')),
        ...toState(issue),
        labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))).filter(Boolean),
        assignees: (issue.assignees ?? []).map(toPerson),
        ...(issue.user ? { author: toPerson(issue.user) } : {}),
        createdAt: Date.parse(issue.created_at),
        updatedAt: Date.parse(issue.updated_at),
    };
}
/** GitHub has open and closed, and a reason for closed. A reason that is not `completed` is no proof that it was done. */
function toState({ state, state_reason }) {
    if (state === 'open')
        return { state: 'open', stateName: 'open' };
    const done = !state_reason || state_reason === 'completed';
    return { state: done ? 'done' : 'canceled', stateName: state_reason ? `closed (${state_reason})` : 'closed' };
}
/** What people edit in the browser comes back with the line ends of forms. */
function unifyLineEnds(text) {
    return text.replaceAll('\r\n', '\n');
}
function toPerson({ login }) {
    return { id: login, name: login };
}
function toComment(comment) {
    return {
        id: String(comment.id),
        body: unifyLineEnds(comment.body ?? ''),
        ...(comment.user ? { author: toPerson(comment.user) } : {}),
        createdAt: Date.parse(comment.created_at),
    };
}
// ---------------------------------------------------------------------------------------------- errors
/** "Validation Failed: assignees is invalid". https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
function errorWords(body) {
    if (typeof body !== 'object' || body === null || !('message' in body))
        return undefined;
    const errors = 'errors' in body && Array.isArray(body.errors) ? body.errors : [];
    const details = errors.map(detailWords).filter(Boolean);
    return [String(body.message), details.join(', ')].filter(Boolean).join(': ');
}
function detailWords(detail) {
    if (typeof detail === 'string')
        return detail;
    if (typeof detail !== 'object' || detail === null)
        return '';
    const { field, code, message } = detail;
    if (typeof message === 'string')
        return typeof field === 'string' ? `${field}: ${message}` : message;
    return [field, code].filter((part) => typeof part === 'string').join(' is ');
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
