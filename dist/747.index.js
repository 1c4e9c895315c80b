export const id = 747;
export const ids = [747];
export const modules = {

/***/ 5747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readCommand: () => (/* binding */ readCommand)
});

;// CONCATENATED MODULE: ./build/src/gate/evidence/command-environment.js
/** What a command of the evidence may see: everything but credentials. */
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables, https://docs.gitlab.com/ci/variables/predefined_variables/
const CREDENTIALS = new Set([
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'AWS_ACCESS_KEY_ID',
    'CI_REPOSITORY_URL', // holds the job token
    'DOCKER_AUTH_CONFIG',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'PGPASSWORD',
]);
const CREDENTIAL_NAME = /(?:^|[_-])(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|JWT|JWT_V\d+|PAT|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|WEBHOOK_URL)$/i;
const SHORTEST_SECRET = 8;
/**
 * The environment without PACE's credentials (`secretNames`), without what is a credential by its name, and without any
 * variable that repeats the value of one of PACE's. Names in `allowed` are passed on all the same.
 */
function commandEnvironment(env, secretNames, allowed) {
    const secrets = new Set(secretNames);
    const values = secretNames.map((name) => env[name] ?? '').filter((value) => value.length >= SHORTEST_SECRET);
    const passed = {};
    for (const [name, value] of Object.entries(env)) {
        if (value === undefined)
            continue;
        const secret = secrets.has(name) || isCredential(name) || values.some((known) => value.includes(known));
        if (!secret || allowed.includes(name))
            passed[name] = value;
    }
    return passed;
}
function isCredential(name) {
    return CREDENTIALS.has(name.toUpperCase()) || CREDENTIAL_NAME.test(name);
}

// EXTERNAL MODULE: ./build/src/gate/evidence/finding-text.js
var finding_text = __webpack_require__(1844);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/src/gate/evidence/run-command.js
/** Runs one shell command as a process group of its own, for a bounded time and with bounded output. */


const KEPT_BYTES = 64 * 1024;
const GRACE = 3_000;
/** How long output is waited for once the shell itself has ended: a process left behind may hold the pipe for ever. */
const DRAIN = 500;
/**
 * Never rejects. At its end nothing of the group is left running: SIGTERM, and SIGKILL three seconds later. Real time, not
 * the world's: a child process lives by the clock on the wall.
 */
async function runCommand(script, options) {
    if (options.signal?.aborted)
        return { how: 'aborted', output: '' };
    const child = start(script, options);
    if (child instanceof Error)
        return { how: 'not started', reason: child.message, output: '' };
    const output = keepTail(child.stdout, child.stderr);
    let stopped;
    const stop = (why) => {
        stopped ??= why;
        signalGroup(child, 'SIGTERM');
        killer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
    };
    let killer;
    const timer = setTimeout(() => stop('timed out'), options.timeout);
    const abort = () => stop('aborted');
    options.signal?.addEventListener('abort', abort, { once: true });
    const end = await ended(child);
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    await drained(child, stopped === undefined ? DRAIN : GRACE);
    clearTimeout(killer);
    signalGroup(child, 'SIGKILL');
    if (end instanceof Error)
        return { how: 'not started', reason: end.message, output: output() };
    return { ...(stopped === undefined ? end : { how: stopped }), output: output() };
}
function start(script, { cwd, env }) {
    try {
        return (0,external_node_child_process_.spawn)('sh', ['-c', script], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    }
    catch (error) {
        return error instanceof Error ? error : new Error(String(error));
    }
}
function ended(child) {
    return new Promise((resolve) => {
        child.once('error', resolve);
        child.once('exit', (code, signal) => resolve(code === null ? { how: 'killed', signal: String(signal) } : { how: 'exited', code }));
    });
}
async function drained(child, patience) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, patience);
    });
    const closed = Promise.all([child.stdout, child.stderr].map(whenClosed));
    await Promise.race([closed, late]);
    clearTimeout(timer);
    child.stdout.destroy();
    child.stderr.destroy();
}
function whenClosed(stream) {
    if (stream.closed || stream.destroyed)
        return Promise.resolve();
    return new Promise((resolve) => stream.once('close', resolve));
}
/** Remembers the last 64 KiB of both streams, in the order in which they came. */
function keepTail(...streams) {
    const pieces = [];
    let size = 0;
    for (const stream of streams) {
        stream.on('error', () => stream.destroy());
        stream.on('data', (piece) => {
            pieces.push(piece);
            size += piece.length;
            for (let first = pieces[0]; first !== undefined && size - first.length >= KEPT_BYTES; first = pieces[0]) {
                pieces.shift();
                size -= first.length;
            }
        });
    }
    return () => Buffer.concat(pieces).subarray(-KEPT_BYTES).toString('utf8');
}
function signalGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        (0,external_node_process_.kill)(-child.pid, signal);
    }
    catch {
        // the group has ended already, which is what was wanted; or the system knows no groups
        child.kill(signal);
    }
}

;// CONCATENATED MODULE: ./build/src/gate/evidence/command.js



const PROOF_LINES = 20;
async function readCommand(config, context) {
    const script = config.run.replaceAll('{day}', String(context.day));
    const end = await runCommand(script, {
        cwd: context.world.cwd,
        env: commandEnvironment(context.world.env, context.secretNames, config.env),
        timeout: config.timeout_seconds * 1_000,
        ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const finding = {
        source: config.name,
        check: (0,finding_text/* checkText */.qW)(config.run),
        result: resultOf(end),
        evidence: (0,finding_text/* proofTail */.xL)(`${lastLines(end.output)}\n${sentence(end, config.timeout_seconds)}`),
    };
    return { source: config.name, findings: [finding], complete: end.how === 'exited', standing: true };
}
function resultOf(end) {
    if (end.how === 'aborted')
        return 'UNKNOWN';
    return end.how === 'exited' && end.code === 0 ? 'PASS' : 'FAIL';
}
function sentence(end, seconds) {
    switch (end.how) {
        case 'exited':
            return `Ended with exit code ${end.code}.`;
        case 'killed':
            return `Ended by signal ${end.signal}.`;
        case 'timed out':
            return `Stopped after ${seconds} s, its time-out. Make it faster or raise \`timeout_seconds\`.`;
        case 'aborted':
            return 'Stopped, because this run of the gate was.';
        case 'not started':
            return `It could not be started: ${end.reason}. A shell named \`sh\` must be on the PATH.`;
    }
}
function lastLines(output) {
    return output.trimEnd().split('\n').slice(-PROOF_LINES).join('\n');
}


/***/ })

};
