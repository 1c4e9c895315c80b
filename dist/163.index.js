export const id = 163;
export const ids = [163];
export const modules = {

/***/ 7163:
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
// EXTERNAL MODULE: ./build/platforms/gitlab/api.js
var gitlab_api = __webpack_require__(5715);
// EXTERNAL MODULE: ./build/platforms/gitlab/wire.js
var wire = __webpack_require__(5210);
;// CONCATENATED MODULE: ./build/platforms/gitlab/checks.js
/** The jobs, trigger jobs and external statuses of a commit. https://docs.gitlab.com/api/commits/#list-commit-statuses */



// the client's types do not know that these lists have pages
const allPages = { perPage: 100 };
/** One request as a rule: the statuses of a commit hold its jobs, trigger jobs and external statuses, latest attempts only. */
async function listChecks(context, sha, signal) {
    const { api, project, projectUrl, job } = context;
    const { commits, pipelines } = api.resources(signal);
    const statuses = [];
    try {
        // a merged results pipeline belongs to its merge commit, though it is about the head
        const shas = job && job.headSha === sha ? [...new Set([sha, job.sha])] : [sha];
        for (const each of shas) {
            statuses.push(...(await commits.allStatuses(project, each, { all: false, ...allPages })));
        }
    }
    catch (error) {
        const own = api.credential === 'job-token' ? await ownPipelineChecks(context, sha, (0,errors/* asPaceError */.Qd)(error), signal) : undefined;
        if (own)
            return own;
        throw error;
    }
    const ownPipeline = job?.pipelineId;
    const asked = (0,wire/* pipelinesMatter */.Xn)(statuses, ownPipeline) ? await pipelines.all(project, { sha, perPage: 100 }) : [];
    return (0,wire/* toChecks */.rX)({ statuses, pipelines: asked, ownPipeline, projectUrl });
}
/** What a job token may see where the project allows it: the jobs of its own pipeline. https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ */
async function ownPipelineChecks({ world, api, project, projectUrl, job }, sha, refusal, signal) {
    if (!job || job.headSha !== sha || ![401, 403, 404].includes(refusal.status ?? 0))
        return undefined;
    const { jobs } = api.resources(signal);
    const found = await (0,gitlab_api/* readable */.HD)(() => jobs.all(project, { pipelineId: job.pipelineId, perPage: 100 }));
    if (!found)
        return undefined;
    const bridges = await (0,gitlab_api/* readable */.HD)(() => jobs.allPipelineBridges(project, job.pipelineId, allPages));
    const unseen = bridges ? 'statuses of other pipelines' : 'child pipelines and statuses of other pipelines';
    world.log.warn(`CI_JOB_TOKEN only sees the jobs of this pipeline; ${unseen} are not judged. Set PACE_GITLAB_TOKEN.`);
    const statuses = [...found, ...(bridges ?? [])].map(wire/* jobToStatus */.zg);
    return (0,wire/* toChecks */.rX)({ statuses, pipelines: [], ownPipeline: job.pipelineId, projectUrl });
}

;// CONCATENATED MODULE: ./build/platforms/gitlab/context.js

/** What every method of the code host works with. */
function hostContext(world, settings) {
    const api = (0,gitlab_api/* connect */.Ng)(world, settings);
    const project = settings['project'] ?? '';
    return { world, api, project, projectUrl: projectUrl(world, api, project), job: currentJob(world, project) };
}
function projectUrl(world, api, project) {
    if (isHere(world, project))
        return world.env['CI_PROJECT_URL'] ?? '';
    return /^\d+$/.test(project) ? '' : `${api.url}/${project}`;
}
/** Whether the running job belongs to this project. */
function isHere(world, project) {
    const { env } = world;
    return env['GITLAB_CI'] === 'true' && [env['CI_PROJECT_PATH'], env['CI_PROJECT_ID']].includes(project);
}
function currentJob(world, project) {
    const { env } = world;
    const { CI_COMMIT_SHA: sha, CI_JOB_ID: id, CI_PIPELINE_ID: pipelineId } = env;
    if (!isHere(world, project) || !id || !pipelineId || !sha)
        return undefined;
    return {
        id,
        pipelineId: Number(pipelineId),
        sha,
        headSha: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] || sha,
        branch: env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'] ?? '',
    };
}

;// CONCATENATED MODULE: ./build/platforms/gitlab/commit-files.js

/** Creates the branch from `change.from` with the files; goes on where an earlier run has stopped. */
async function commitFiles(resources, project, change) {
    const { branch, from, files, commitMessage } = change;
    const actions = files.map((file) => ({
        action: 'create',
        filePath: file.path,
        content: file.content,
    }));
    try {
        await resources.commits.create(project, branch, commitMessage, actions, { startSha: from });
    }
    catch (error) {
        const words = (0,errors/* asPaceError */.Qd)(error).vendorMessage ?? '';
        if (/branch .* already exists/i.test(words)) {
            const missing = await actionsFor(resources, project, branch, files);
            if (missing.length > 0)
                await resources.commits.create(project, branch, commitMessage, missing);
        }
        else if (/file .* already exists/i.test(words)) {
            const needed = await actionsFor(resources, project, from, files);
            // nothing to change, yet the branch needs a commit of its own
            const updates = needed.length > 0 ? needed : actions.map((action) => ({ ...action, action: 'update' }));
            await resources.commits.create(project, branch, commitMessage, updates, { startSha: from });
        }
        else {
            throw error;
        }
    }
}
/** What has to be done to each file that is not there as it should be. */
async function actionsFor({ files: repositoryFiles }, project, ref, files) {
    const actions = [];
    for (const { path, content } of files) {
        const found = await contentOf(repositoryFiles, project, path, ref);
        if (found === content)
            continue;
        actions.push({ action: found === undefined ? 'create' : 'update', filePath: path, content });
    }
    return actions;
}
async function contentOf(repositoryFiles, project, path, ref) {
    try {
        const file = await repositoryFiles.show(project, path, ref);
        return Buffer.from(file.content, 'base64').toString('utf8');
    }
    catch (error) {
        if ((0,errors/* asPaceError */.Qd)(error).status === 404)
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/platforms/gitlab/people.js
var people = __webpack_require__(6492);
;// CONCATENATED MODULE: ./build/platforms/gitlab/merge-requests.js
/** Merge requests and their notes. https://docs.gitlab.com/api/merge_requests/ and https://docs.gitlab.com/api/notes/ */






const NOTE_LIMIT = 1_000_000;
const NOTE_MARKER = '<!-- pace:change-note -->';
/** Creates branch, commit and merge request, or finds them. */
async function proposeChange(context, change, repository) {
    const { api, project } = context;
    const labels = (0,wire/* labelList */.d8)(change.labels);
    const found = await findMergeRequest(context, change.branch);
    if (found)
        return (0,wire/* toChangeRequest */.tU)(await refreshed(context, found, change));
    const { mergeRequests } = api.resources();
    await commitFiles(api.resources(), project, change);
    const base = change.base ?? (await repository()).defaultBranch;
    const reviewerIds = await (0,people/* userIds */.E)(context, change.reviewers, 'the review is requested without');
    try {
        return (0,wire/* toChangeRequest */.tU)(await mergeRequests.create(project, change.branch, base, (0,wire/* storable */.hN)(change.title), {
            description: (0,wire/* storable */.hN)(change.body),
            removeSourceBranch: true,
            ...(labels ? { labels } : {}),
            ...(reviewerIds.length > 0 ? { reviewerIds } : {}),
        }));
    }
    catch (error) {
        // another run has opened it meanwhile
        const other = (0,errors/* asPaceError */.Qd)(error).status === 409 ? await findMergeRequest(context, change.branch) : undefined;
        if (other)
            return (0,wire/* toChangeRequest */.tU)(other);
        throw error;
    }
}
/** The newest merge request from this branch of the project itself. */
async function findMergeRequest({ api, project }, branch) {
    const found = await api.resources().mergeRequests.all({
        projectId: project,
        sourceBranch: branch,
        orderBy: 'created_at',
        sort: 'desc',
        page: 1,
        perPage: 20,
    });
    // a fork may have a branch of the same name
    return found.find((request) => request.source_project_id === request.target_project_id);
}
async function refreshed({ api, project }, found, { title, body }) {
    const same = found.title === title && (found.description ?? '').trim() === body.trim();
    if (found.state !== 'opened' || same)
        return found;
    const changes = { title: (0,wire/* storable */.hN)(title), description: (0,wire/* storable */.hN)(body) };
    return api.resources().mergeRequests.edit(project, found.iid, changes);
}
/** The note is recognised by a marker; one that we may not edit is somebody else's. A job token may write none. */
async function upsertChangeNote({ world, api, project }, markdown) {
    const iid = Number(world.env['CI_MERGE_REQUEST_IID']);
    if (!iid || api.credential !== 'token')
        return false;
    // the pipeline of a fork runs in the fork, its merge request is in the target project
    const target = world.env['CI_MERGE_REQUEST_PROJECT_PATH'] || project;
    const { mergeRequestNotes } = api.resources();
    const body = `${NOTE_MARKER}\n${(0,untrusted_text/* cut */.Jj)((0,wire/* storable */.hN)(markdown), NOTE_LIMIT - NOTE_MARKER.length - 1)}`;
    const notes = await mergeRequestNotes.all(target, iid, { sort: 'desc', orderBy: 'created_at', perPage: 100 });
    const ours = notes.find((note) => !note.system && note.body.startsWith(NOTE_MARKER));
    if (ours?.body === body)
        return true;
    const edited = ours && (await (0,gitlab_api/* readable */.HD)(() => mergeRequestNotes.edit(target, iid, ours.id, { body })));
    if (!edited)
        await mergeRequestNotes.create(target, iid, body);
    return true;
}

;// CONCATENATED MODULE: ./build/platforms/gitlab/host.js
/** The code host on GitLab: commits' jobs and statuses, merge requests, CI/CD variables. https://docs.gitlab.com/api/rest/ */







const DESCRIPTION_LIMIT = 255;
const SUMMARY_LIMIT = 1_000_000;
const ANY_ENVIRONMENT = { environment_scope: '*' };
function createHost(world, settings) {
    const context = hostContext(world, settings);
    const { api } = context;
    let known;
    const repository = () => {
        known ??= readRepository(context).catch((error) => {
            known = undefined;
            throw error;
        });
        return known;
    };
    return {
        platform: 'gitlab',
        repositoryName: async () => repositoryName(context),
        repository: () => api.attempt('repository', repository),
        listChecks: (sha, signal) => api.attempt('listChecks', () => listChecks(context, sha, signal), signal),
        ownCheck: async () => (context.job ? { id: context.job.id } : undefined),
        judgedCommit: async () => judgedCommit(context),
        proposeChange: (change) => api.attempt('proposeChange', () => proposeChange(context, change, repository)),
        findChange: (branch) => api.attempt('findChange', async () => {
            const found = await findMergeRequest(context, branch);
            return found && (0,wire/* toChangeRequest */.tU)(found);
        }),
        setCommitStatus: (sha, status) => api.attempt('setCommitStatus', () => setCommitStatus(context, sha, status)),
        getVariable: (name) => api.attempt('getVariable', () => getVariable(context, name)),
        setVariable: (name, value) => api.attempt('setVariable', () => setVariable(context, name, value)),
        jobUrl: () => world.env['CI_JOB_URL'],
        jobSummary: () => jobSummary(world),
        upsertChangeNote: (markdown) => api.attempt('upsertChangeNote', () => upsertChangeNote(context, markdown)),
    };
}
/** The path; its number where only that is configured and PACE does not run in a job of the project. */
function repositoryName({ world, project }) {
    return (isHere(world, project) && world.env['CI_PROJECT_PATH']) || project;
}
/** In a job of the project itself GitLab has told all this already, and a job token could not ask for it. */
async function readRepository({ world, api, project }) {
    const { CI_PROJECT_PATH: name, CI_PROJECT_URL: url, CI_DEFAULT_BRANCH: defaultBranch } = world.env;
    if (isHere(world, project) && name && url && defaultBranch)
        return { name, url, defaultBranch };
    const found = await api.resources().projects.show(project);
    return {
        name: String(found.path_with_namespace),
        url: String(found.web_url),
        // an empty repository has none
        defaultBranch: String(found.default_branch ?? 'main'),
    };
}
function judgedCommit({ job }) {
    if (!job)
        return undefined;
    if (job.headSha === job.sha)
        return { sha: job.sha };
    const note = `This is a merged results pipeline: judged is the head of ${job.branch || 'the source branch'}, not the merge commit ${job.sha.slice(0, 8)}.`;
    return { sha: job.headSha, note };
}
const statusWords = { pending: 'pending', success: 'success', failure: 'failed', error: 'failed' };
/**
 * A status belongs to a pipeline. Without a word GitLab takes the newest of the commit, whosever it is; our own job's is
 * named when the status is about its commit, so that it stands in the very pipeline that has judged.
 * https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
async function setCommitStatus({ api, project, job }, sha, status) {
    const own = job?.headSha === sha ? job : undefined;
    const state = statusWords[status.state];
    try {
        await api.resources().commits.editStatus(project, own?.sha ?? sha, state, {
            name: status.context,
            description: (0,untrusted_text/* cut */.Jj)((0,wire/* storable */.hN)(status.description), DESCRIPTION_LIMIT),
            ...(own ? { pipelineId: own.pipelineId } : {}),
            ...(status.url ? { targetUrl: status.url } : {}),
        });
    }
    catch (error) {
        // GitLab refuses to set the state that is there already
        if ((0,errors/* asPaceError */.Qd)(error).vendorMessage?.match(/Cannot transition status via .* from :(\w+)/)?.[1] === state)
            return;
        throw error;
    }
}
async function getVariable({ api, project }, name) {
    try {
        return (await api.resources().variables.show(project, name, { filter: ANY_ENVIRONMENT })).value;
    }
    catch (error) {
        if (isMissingVariable(api, error))
            return undefined;
        throw error;
    }
}
/** Only the value changes: whether the variable is masked or protected is the team's decision. */
async function setVariable({ api, project }, name, value) {
    const { variables } = api.resources();
    try {
        await variables.edit(project, name, value, { filter: ANY_ENVIRONMENT });
    }
    catch (error) {
        if (!isMissingVariable(api, error))
            throw error;
        // raw: GitLab would take `$NAME` in the value for another variable
        await variables.create(project, name, value, { raw: true });
    }
}
/** A missing project, and an endpoint that the token may not use, are answered 404 too. */
function isMissingVariable(api, error) {
    const { status, vendorMessage = '' } = (0,errors/* asPaceError */.Qd)(error);
    return api.credential === 'token' && status === 404 && !/project/i.test(vendorMessage);
}
/** GitLab has no page for it: the file becomes an artifact of the job, and artifacts lie in the project's folder. */
function jobSummary({ env, cwd }) {
    const given = env['CI_JOB_SUMMARY'];
    if (given && (0,external_node_path_.isAbsolute)(given))
        return { path: given, append: true, maxBytes: SUMMARY_LIMIT };
    const folder = env['CI_PROJECT_DIR'];
    // a runner may have put the job elsewhere than the variable says
    const inside = folder !== undefined && (0,external_node_path_.isAbsolute)(folder) && !(0,external_node_path_.relative)(folder, cwd).startsWith('..');
    return { path: (0,external_node_path_.join)(inside ? folder : cwd, 'pace-summary.md'), append: false, maxBytes: SUMMARY_LIMIT };
}


/***/ })

};
