export const id = 189;
export const ids = [189];
export const modules = {

/***/ 5189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createHost: () => (/* binding */ createHost)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
// EXTERNAL MODULE: ./build/platforms/github/api.js
var github_api = __webpack_require__(475);
// EXTERNAL MODULE: ./build/platforms/github/wire.js
var wire = __webpack_require__(3474);
;// CONCATENATED MODULE: ./build/platforms/github/changes.js
/** Pull requests: found by their branch, opened once. https://docs.github.com/en/rest/pulls/pulls */


const OPERATION = 'proposeChange';
const EDIT = 'open or edit a pull request';
const COMMIT = 'create a branch and a commit';
/** The newest pull request from this branch, in whatever state. */
async function findPull(api, operation, branch) {
    const pulls = await api.call(operation, 'list pull requests', (octokit) => octokit.request('GET /repos/{owner}/{repo}/pulls', {
        ...api.repository,
        head: `${api.repository.owner}:${branch}`,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 1,
    }));
    return pulls[0];
}
/** Opens the pull request with its branch and one commit; where there is one already, refreshes its text while it is open. */
async function proposeChange(world, api, change) {
    const known = await findPull(api, OPERATION, change.branch);
    if (known)
        return (0,wire/* toChangeRequest */.tU)(await refreshed(api, known, change));
    const base = change.base ?? (await defaultBranch(api));
    await prepareBranch(api, change);
    const pull = await changes_open(api, change, base);
    await decorate(world, api, pull, change);
    if (pull.user?.login === 'github-actions[bot]') {
        world.log.warn(`Checks of ${pull.html_url} wait for a person's approval, or do not start: it was opened with the workflow's own token. A personal access token or an app token (\`token\`) opens it so that they run.`);
    }
    return (0,wire/* toChangeRequest */.tU)(pull);
}
async function refreshed(api, pull, { title, body }) {
    if (pull.state !== 'open')
        return pull;
    if (pull.title === title && sameText(pull.body ?? '', body))
        return pull;
    return api.call(OPERATION, EDIT, (octokit) => octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
        ...api.repository,
        pull_number: pull.number,
        title,
        body,
    }));
}
function sameText(one, other) {
    return (0,wire/* unifyLineEnds */.MJ)(one).trim() === (0,wire/* unifyLineEnds */.MJ)(other).trim();
}
async function defaultBranch(api) {
    const repository = await api.call(OPERATION, 'read the repository', (octokit) => octokit.request('GET /repos/{owner}/{repo}', api.repository));
    return repository.default_branch;
}
async function changes_open(api, { branch, title, body }, base) {
    try {
        return await api.call(OPERATION, EDIT, (octokit) => octokit.request('POST /repos/{owner}/{repo}/pulls', { ...api.repository, head: branch, base, title, body }));
    }
    catch (error) {
        // another run was faster
        if ((0,errors/* asPaceError */.Qd)(error).kind !== 'validation')
            throw error;
        const known = await findPull(api, OPERATION, branch);
        if (!known)
            throw error;
        return known;
    }
}
/**
 * One commit with all files on the branch. A branch that an earlier, broken-off run has left is taken up where it stands.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-your-git-database
 */
async function prepareBranch(api, change) {
    const head = await branchHead(api, change.branch);
    const parent = head ?? change.from;
    const before = await api.call(OPERATION, COMMIT, (octokit) => octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { ...api.repository, commit_sha: parent }));
    const tree = await api.call(OPERATION, COMMIT, (octokit) => octokit.request('POST /repos/{owner}/{repo}/git/trees', {
        ...api.repository,
        base_tree: before.tree.sha,
        tree: change.files.map(({ path, content }) => ({
            path,
            content,
            mode: '100644',
            type: 'blob',
        })),
    }));
    if (head !== undefined && tree.sha === before.tree.sha)
        return;
    const commit = await api.call(OPERATION, COMMIT, (octokit) => octokit.request('POST /repos/{owner}/{repo}/git/commits', {
        ...api.repository,
        message: change.commitMessage,
        tree: tree.sha,
        parents: [parent],
    }));
    await pointBranch(api, change.branch, commit.sha, head === undefined);
}
async function branchHead(api, branch) {
    const references = await api.call(OPERATION, COMMIT, (octokit) => 
    // a single missing reference would be a 404, which a missing permission is too
    octokit.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ...api.repository, ref: `heads/${branch}` }));
    return references.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha;
}
async function pointBranch(api, branch, sha, isNew) {
    await api.call(OPERATION, COMMIT, (octokit) => isNew
        ? octokit.request('POST /repos/{owner}/{repo}/git/refs', { ...api.repository, ref: `refs/heads/${branch}`, sha })
        : octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
            ...api.repository,
            ref: `heads/${branch}`,
            sha,
        }));
}
/** Labels and reviewers, as far as they can be had: the pull request is worth more than its trimmings. */
async function decorate(world, api, pull, { labels, reviewers }) {
    if (labels.length > 0) {
        await attempt(world, `Labels of ${pull.html_url} were not set`, () => api.call(OPERATION, 'label a pull request', (octokit) => octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
            ...api.repository,
            issue_number: pull.number,
            labels: [...labels],
        })));
    }
    if (reviewers.length > 0) {
        await attempt(world, `${reviewers.join(', ')} could not be asked to review ${pull.html_url}`, () => api.call(OPERATION, 'ask for a review', (octokit) => octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
            ...api.repository,
            pull_number: pull.number,
            ...reviewersAndTeams(reviewers),
        })));
    }
}
async function attempt(world, loss, act) {
    try {
        await act();
    }
    catch (error) {
        const { message, remedy } = (0,errors/* asPaceError */.Qd)(error);
        world.log.warn(`${loss}: ${message} ${remedy}`);
    }
}
/** `octocat` and `@octocat` are people, `org/team` is a team. */
function reviewersAndTeams(names) {
    const bare = names.map((name) => name.replace(/^@/, ''));
    return {
        reviewers: bare.filter((name) => !name.includes('/')),
        team_reviewers: bare.filter((name) => name.includes('/')).map((name) => name.slice(name.indexOf('/') + 1)),
    };
}

// EXTERNAL MODULE: ./build/platforms/github/event.js
var github_event = __webpack_require__(8755);
// EXTERNAL MODULE: ./build/platforms/github/refusals.js
var refusals = __webpack_require__(1186);
;// CONCATENATED MODULE: ./build/platforms/github/workflow-runs.js

/** Pure: what was seen, as neutral checks. `runs` is `undefined` when the token may not list them. */
function toChecks(seen) {
    const { checkRuns, statuses, runs = [], own } = seen;
    const names = workflowNames(runs);
    const workflowOf = new Map(runs.map((run) => [run.check_suite_id, names.get(run.workflow_id)]));
    const jobs = checkRuns.map((run) => {
        const suite = run.check_suite?.id;
        // jobs of one name in two workflows must stay apart, also where the workflow is not known
        const unknown = run.app?.slug === wire/* ACTIONS_APP */.WG && suite !== undefined ? String(suite) : '';
        return (0,wire/* fromCheckRun */.Kk)(run, workflowOf.get(suite) ?? unknown);
    });
    const suites = suitesOf(checkRuns);
    const silent = runs.filter((run) => !belongsToOwn(run, own) && isSilent(run, suites, runs));
    const pending = silent.map((run) => fromRun(run, names.get(run.workflow_id) ?? run.path));
    return [...jobs, ...statuses.map(wire/* fromStatus */.FD), ...pending];
}
/** By workflow: the name of its newest run (`run-name` can change it), or the file where two workflows share a name. */
function workflowNames(runs) {
    const newest = new Map();
    for (const run of runs) {
        const known = newest.get(run.workflow_id);
        if (!known || run.id > known.id)
            newest.set(run.workflow_id, run);
    }
    const all = [...newest.values()];
    return new Map(all.map((run) => {
        const shared = all.some((other) => other !== run && other.name === run.name);
        return [run.workflow_id, run.name && !shared ? run.name : filePath(run)];
    }));
}
function filePath({ path }) {
    return path.split('@')[0] ?? path;
}
function suitesOf(checkRuns) {
    const suites = new Map();
    for (const run of checkRuns) {
        const suite = suites.get(run.check_suite?.id) ?? { unfinished: false };
        suites.set(run.check_suite?.id, { unfinished: suite.unfinished || run.status !== 'completed' });
    }
    return suites;
}
/**
 * Runs of the workflow that PACE is in are not waited for beyond their visible jobs: one that is queued behind this very run
 * (`concurrency:`) would never start.
 */
function belongsToOwn(run, own) {
    return own !== undefined && (run.id === own.id || filePath(run) === own.path);
}
/** True when the check runs do not tell what this workflow run still owes, or that it has gone wrong as a whole. */
function isSilent(run, suites, runs) {
    const suite = suites.get(run.check_suite_id);
    if (run.status !== 'completed')
        return !suite?.unfinished;
    const superseded = runs.some((other) => other.workflow_id === run.workflow_id && other.id > run.id);
    if (suite || superseded)
        return false;
    return !['success', 'skipped', 'neutral'].includes((0,wire/* toCheckState */.BK)(run.status, run.conclusion));
}
/** A workflow run as a check of its own: between two jobs, waiting for approval, or never started. */
function fromRun(run, workflow) {
    const needsApproval = run.status === 'completed' && run.conclusion === 'action_required';
    return {
        id: `run-${run.id}`,
        name: needsApproval ? `${workflow} (waits for approval)` : workflow,
        app: wire/* ACTIONS_APP */.WG,
        workflow,
        state: needsApproval ? 'pending' : (0,wire/* toCheckState */.BK)(run.status, run.conclusion),
        vendorState: String(run.status === 'completed' ? run.conclusion : run.status),
        optional: false,
        url: run.html_url,
        ...(0,wire/* times */.Hn)(run.run_started_at ?? run.created_at, undefined),
    };
}

;// CONCATENATED MODULE: ./build/platforms/github/checks.js
/** Asks for all checks of a commit: check runs, commit statuses and workflow runs. https://docs.github.com/en/rest/checks */




const checks_OPERATION = 'listChecks';
const PER_PAGE = 100;
/** GitHub lists the check runs of the newest 1000 suites only, and its total counts no others. */
const SUITES_LISTED = 1000;
/** The function that looks at a commit; three requests for up to a hundred of each kind, the same ones every time. */
function checkLister(world, api) {
    let mayListRuns = true;
    async function runsOf(sha, request) {
        if (!mayListRuns)
            return undefined;
        try {
            return await listRuns(api, sha, request);
        }
        catch (error) {
            const { kind } = (0,errors/* asPaceError */.Qd)(error);
            if (kind !== 'permission' && kind !== 'not-found')
                throw error;
            mayListRuns = false;
            world.log.warn(`The token may not list workflow runs in ${api.fullName}: jobs that start late may be missed. ${(0,refusals/* permissionRemedy */.uF)('actions: read')}`);
            return undefined;
        }
    }
    return async (sha, signal) => {
        const request = signal ? { signal } : {};
        const [checkRuns, statuses, runs] = await allOrFirst(listCheckRuns(api, sha, request), listStatuses(api, sha, request), runsOf(sha, request));
        return toChecks({ checkRuns, statuses, runs, own: ownRun(world.env, api.fullName) });
    };
}
/** Like `Promise.all`, but of several errors it is always the first in this order. */
async function allOrFirst(a, b, c) {
    await Promise.allSettled([a, b, c]);
    return [await a, await b, await c];
}
/** Every attempt is asked for: `filter=latest` looks inside one suite only, and by end times that a running check lacks. */
async function listCheckRuns(api, sha, request = {}) {
    const found = [];
    let total = 0;
    const pages = api.pages(checks_OPERATION, 'list checks', (octokit) => octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        ...api.repository,
        ref: sha,
        filter: 'all',
        per_page: PER_PAGE,
        request,
    }));
    for await (const page of pages) {
        total = page.total_count;
        found.push(...page.check_runs);
    }
    return total < SUITES_LISTED ? found : [...found, ...(await listOtherSuites(api, sha, found, request))];
}
/** The check runs of the suites that the list has left out. */
async function listOtherSuites(api, sha, found, request) {
    const seen = new Set(found.map((run) => run.check_suite?.id));
    const others = [];
    const suites = api.pages(checks_OPERATION, 'list checks', (octokit) => octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', {
        ...api.repository,
        ref: sha,
        per_page: PER_PAGE,
        request,
    }));
    for await (const { check_suites } of suites) {
        for (const suite of check_suites) {
            if (seen.has(suite.id) || suite.latest_check_runs_count === 0)
                continue;
            const runs = api.pages(checks_OPERATION, 'list checks', (octokit) => octokit.request('GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs', {
                ...api.repository,
                check_suite_id: Number(suite.id),
                filter: 'all',
                per_page: PER_PAGE,
                request,
            }));
            for await (const { check_runs } of runs)
                others.push(...check_runs);
        }
    }
    return others;
}
async function listStatuses(api, sha, request) {
    const statuses = [];
    const pages = api.pages(checks_OPERATION, 'list commit statuses', (octokit) => octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/status', {
        ...api.repository,
        ref: sha,
        per_page: PER_PAGE,
        request,
    }));
    // the combined state is not read: it says `pending` where there are no statuses at all
    for await (const page of pages)
        statuses.push(...page.statuses);
    return statuses;
}
async function listRuns(api, sha, request) {
    const runs = [];
    const pages = api.pages(checks_OPERATION, 'list workflow runs', (octokit) => octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
        ...api.repository,
        head_sha: sha,
        per_page: PER_PAGE,
        request,
    }));
    for await (const page of pages)
        runs.push(...page.workflow_runs);
    return runs;
}
function ownRun(env, repository) {
    if (env['GITHUB_ACTIONS'] !== 'true' || !(0,github_event/* isOwnRepository */.nc)(env, repository))
        return undefined;
    const file = env['GITHUB_WORKFLOW_REF']?.split('@')[0]?.slice(repository.length + 1);
    return { id: Number(env['GITHUB_RUN_ID']), path: file ?? '' };
}

;// CONCATENATED MODULE: ./build/platforms/github/own-job.js
/** Which check run is the very job that PACE runs in. */



/** Set by `check-run-id: ${{ job.check_run_id }}`, which the action does by itself; not on GitHub Enterprise Server. */
const GIVEN_BY = ['PACE_CHECK_RUN_ID', 'INPUT_CHECK-RUN-ID', 'INPUT_CHECK_RUN_ID'];
/** No request where the id is given, else the jobs of this attempt are asked for. `undefined` outside a job, or undecidable. */
async function ownCheck(world, api) {
    const { env } = world;
    const given = GIVEN_BY.map((name) => env[name]).find((value) => value !== undefined && /^[1-9]\d*$/.test(value));
    if (given !== undefined)
        return { id: given };
    if (env['GITHUB_ACTIONS'] !== 'true' || !(0,github_event/* isOwnRepository */.nc)(env, api.fullName) || !env['GITHUB_RUN_ID'])
        return undefined;
    const job = pickOwnJob(await jobsOfThisAttempt(world, api), env);
    if (job)
        return { id: String(job.id) };
    world.log.warn(`PACE cannot tell which check is its own job, and may wait for itself. Please pass "check-run-id: \${{ job.check_run_id }}", or list the name of the job under "ci.ignore".`);
    return undefined;
}
async function jobsOfThisAttempt(world, api) {
    const { env } = world;
    try {
        return await listJobs(api, Number(env['GITHUB_RUN_ID']), Number(env['GITHUB_RUN_ATTEMPT'] ?? 1));
    }
    catch (error) {
        const { kind, remedy } = (0,errors/* asPaceError */.Qd)(error);
        if (kind !== 'permission' && kind !== 'not-found')
            throw error;
        world.log.debug(`Looking for the own job among the check runs instead. ${remedy}`);
        return jobsAmongChecks(world, api);
    }
}
async function listJobs(api, run, attempt) {
    const jobs = [];
    const pages = api.pages('ownCheck', 'list the jobs of a workflow run', (octokit) => octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs', {
        ...api.repository,
        run_id: run,
        attempt_number: attempt,
        per_page: 100,
    }));
    for await (const page of pages)
        jobs.push(...page.jobs);
    return jobs;
}
/** Without `actions: read`: the running checks of this commit that link to this workflow run. */
async function jobsAmongChecks(world, api) {
    const commit = await (0,github_event/* judgedCommit */.x)(world.env);
    if (!commit)
        return [];
    const run = `/actions/runs/${world.env['GITHUB_RUN_ID']}/`;
    const checks = await listCheckRuns(api, commit.sha);
    return checks
        .filter((check) => `${check.details_url ?? check.html_url}/`.includes(run))
        .map(({ id, name, status, started_at }) => ({ id, name, status, started_at, runner_name: null }));
}
/** Pure: the one job that runs on this runner under this name; `undefined` when several may be it. */
function pickOwnJob(jobs, env) {
    const { RUNNER_NAME: runner, GITHUB_JOB: id = '' } = env;
    const running = jobs.filter((job) => job.status === 'in_progress');
    const here = running.filter((job) => runner !== undefined && job.runner_name === runner);
    if (here.length === 1)
        return here[0];
    const candidates = here.length > 0 ? here : running.filter((job) => job.runner_name === null || runner === undefined);
    const named = candidates.filter((job) => mayBeNamed(job.name, id));
    const likely = named.length > 0 ? named : candidates;
    if (likely.length <= 1)
        return likely[0];
    // a runner works on one job at a time: what started earlier has ended, and the list is late
    return here.length > 0 ? latest(likely) : undefined;
}
/** `test`, `test (24, ubuntu)` in a matrix, `caller / test` in a reusable workflow. */
function mayBeNamed(name, id) {
    const last = name.split(' / ').at(-1) ?? name;
    return last === id || last.startsWith(`${id} (`);
}
function latest(jobs) {
    const [first, second] = [...jobs].sort((a, b) => startOf(b) - startOf(a));
    return first && second && startOf(first) === startOf(second) ? undefined : first;
}
function startOf({ started_at }) {
    return started_at ? Date.parse(started_at) : 0;
}

;// CONCATENATED MODULE: ./build/platforms/github/host.js
/** GitHub as a code host. https://docs.github.com/en/rest */









/** https://docs.github.com/en/rest/commits/statuses */
const DESCRIPTION_LIMIT = 140;
/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const SUMMARY_LIMIT = 1024 * 1024;
/** The code host for the repository in the settings. Makes no request yet. */
function createHost(world, settings) {
    const api = (0,github_api/* createApi */.x)(world, settings, settings['repository'] ?? '');
    return {
        platform: 'github',
        repositoryName: async () => api.fullName,
        repository: async () => {
            const found = await api.call('repository', 'read the repository', (octokit) => octokit.request('GET /repos/{owner}/{repo}', api.repository));
            return { name: found.full_name, url: found.html_url, defaultBranch: found.default_branch };
        },
        listChecks: checkLister(world, api),
        // a 304 does not count: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
        pollingIsFree: true,
        ownCheck: () => ownCheck(world, api),
        judgedCommit: () => (0,github_event/* judgedCommit */.x)(world.env),
        proposeChange: (change) => proposeChange(world, api, change),
        findChange: async (branch) => {
            const pull = await findPull(api, 'findChange', branch);
            return pull && (0,wire/* toChangeRequest */.tU)(pull);
        },
        setCommitStatus: (sha, status) => setCommitStatus(api, sha, status),
        getVariable: (name) => getVariable(api, name),
        setVariable: (name, value) => setVariable(api, name, value),
        jobUrl: () => {
            const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_RUN_ID: run } = world.env;
            return server && name && run ? `${server}/${name}/actions/runs/${run}` : undefined;
        },
        jobSummary: () => {
            const path = world.env['GITHUB_STEP_SUMMARY'];
            return path
                ? { path, append: true, maxBytes: SUMMARY_LIMIT }
                : { path: (0,external_node_path_.join)(world.cwd, 'pace-summary.md'), append: false, maxBytes: SUMMARY_LIMIT };
        },
    };
}
async function setCommitStatus(api, sha, { context, state, description, url }) {
    const isWebAddress = url !== undefined && /^https?:\/\//.test(url);
    await api.call('setCommitStatus', 'set a commit status', (octokit) => octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
        ...api.repository,
        sha,
        context,
        state,
        description: (0,untrusted_text/* cut */.Jj)(description, DESCRIPTION_LIMIT),
        ...(isWebAddress ? { target_url: url } : {}),
    }));
}
async function getVariable(api, name) {
    try {
        const variable = await api.call('getVariable', 'read variables', (octokit) => octokit.request('GET /repos/{owner}/{repo}/actions/variables/{name}', { ...api.repository, name }));
        return variable.value;
    }
    catch (error) {
        if ((0,errors/* asPaceError */.Qd)(error).kind === 'not-found')
            return undefined;
        throw error;
    }
}
async function setVariable(api, name, value) {
    try {
        await api.call('setVariable', 'write variables', (octokit) => octokit.request('PATCH /repos/{owner}/{repo}/actions/variables/{name}', { ...api.repository, name, value }));
    }
    catch (error) {
        if ((0,errors/* asPaceError */.Qd)(error).kind !== 'not-found')
            throw error;
        await api.call('setVariable', 'write variables', (octokit) => octokit.request('POST /repos/{owner}/{repo}/actions/variables', { ...api.repository, name, value }));
    }
}


/***/ })

};
