export const id = 741;
export const ids = [741];
export const modules = {

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


/***/ }),

/***/ 4741:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createTracker: () => (/* binding */ createTracker)
});

;// CONCATENATED MODULE: ./build/platforms/jira/adf-to-markdown-inline.js
function inlineToMarkdown(nodes, place) {
    const spans = merged(nodes.flatMap((node) => spansOf(node, place)));
    const linked = spans.some(({ marks }) => marks.some((mark) => mark.type === 'link'));
    let out = '';
    let open = [];
    for (const [index, span] of spans.entries()) {
        const wanted = wantedMarks(span, open, spans[index + 1]);
        const kept = openUntil(open, wanted);
        out = adf_to_markdown_inline_closed(out, open.slice(kept));
        open = open.slice(0, kept);
        const blank = /^ +/.exec(span.raw ? '' : span.text)?.[0] ?? '';
        const added = byReach(wanted.filter((mark) => !open.some((other) => same(other.mark, mark))), spans, index).map((mark) => ({ mark, sign: signOf(mark, out + blank, spans, index) }));
        out += added.length > 0 ? blank + added.map(({ mark, sign }) => (mark.type === 'link' ? '[' : sign)).join('') : '';
        open.push(...added);
        const rest = added.length > 0 ? { ...span, text: span.text.slice(blank.length) } : span;
        out += written(rest, place, out, linked);
    }
    return trimmed(adf_to_markdown_inline_closed(out, open), place);
}
/** Neighbours with the same marks as one span. */
function merged(spans) {
    const result = [];
    for (const span of spans) {
        const last = result.at(-1);
        const alike = last && !last.raw && !span.raw && JSON.stringify(last.marks) === JSON.stringify(span.marks);
        if (alike)
            result[result.length - 1] = { ...last, text: last.text + span.text };
        else
            result.push(span);
    }
    return result;
}
function spansOf(node, place) {
    const { attrs = {}, marks = [] } = node;
    const shown = (value, otherwise = '') => [{ text: String(value ?? otherwise), marks }];
    switch (node.type) {
        case 'text':
            return shown(node.text);
        case 'hardBreak':
            return [{ text: place === 'paragraph' ? '\\\n' : '<br>', marks: [], raw: true }];
        case 'mention':
            return shown(attrs['text'], `@${attrs['id'] ?? 'someone'}`);
        case 'emoji':
            return shown(attrs['text'], String(attrs['shortName'] ?? ''));
        case 'status':
            return shown(attrs['text']);
        case 'date':
            return shown(isoDate(attrs['timestamp']));
        case 'inlineCard':
        case 'blockCard':
        case 'embedCard':
            return typeof attrs['url'] === 'string'
                ? [{ text: `<${attrs['url'].replace(/[<>\s]/g, '')}>`, marks: [], raw: true }]
                : [];
        default:
            return (node.content ?? []).flatMap((child) => spansOf(child, place));
    }
}
function isoDate(timestamp) {
    const milliseconds = Number(timestamp);
    return Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString().slice(0, 10) : String(timestamp ?? '');
}
const SIGNS = { strong: '**', strike: '~~', em: '_', link: ']' };
/** The marks that Markdown has too, except code, which is written with its text. Blanks, breaks and code lie within what goes on. */
function wantedMarks({ marks, raw, text }, open, next) {
    const own = raw || text.trim() === '' ? [] : marks.filter((mark) => Object.hasOwn(SIGNS, mark.type));
    if (own.length > 0 && !isCode(marks))
        return own;
    const through = open
        .map(({ mark }) => mark)
        .filter((mark) => next?.marks.some((other) => same(other, mark)))
        .filter((mark) => raw || marks.some((other) => same(other, mark)) || (isCode(marks) && mark.type !== 'link'));
    return [...through, ...own.filter((mark) => !through.some((other) => same(other, mark)))];
}
function isCode(marks) {
    return marks.some((mark) => mark.type === 'code');
}
function same(one, other) {
    return one.type === other.type && JSON.stringify(one.attrs) === JSON.stringify(other.attrs);
}
function openUntil(open, wanted) {
    const index = open.findIndex(({ mark }) => !wanted.some((other) => same(other, mark)));
    return index < 0 ? open.length : index;
}
/** The text with these marks ended; a blank at its end goes behind the signs. */
function adf_to_markdown_inline_closed(out, ended) {
    if (ended.length === 0)
        return out;
    const blank = / +$/.exec(out)?.[0] ?? '';
    const signs = ended
        .toReversed()
        .map(({ mark, sign }) => (mark.type === 'link' ? `](${address(String(mark.attrs?.['href'] ?? ''))})` : sign))
        .join('');
    return out.slice(0, out.length - blank.length) + signs + blank;
}
function address(href) {
    return href.replace(/[\s<>()\\*_`]/g, (sign) => encodeURIComponent(sign).replace(/[()*_`]/g, percent));
}
function percent(sign) {
    return sign === '_' || sign === '*' ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
/** The mark that lasts longest is opened first; a link always is. */
function byReach(marks, spans, start) {
    const reach = (mark) => {
        let end = start;
        while (spans[end]?.marks.some((other) => same(other, mark)))
            end += 1;
        return end;
    };
    return marks.toSorted((one, other) => reach(other) - reach(one));
}
/** `_` within a word means nothing, so that `*` stands there. */
function signOf(mark, before, spans, start) {
    if (mark.type !== 'em')
        return SIGNS[mark.type] ?? '';
    let end = start;
    while (spans[end]?.marks.some((other) => same(other, mark)))
        end += 1;
    const touching = /[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(spans[end]?.text ?? '');
    return touching ? '*' : '_';
}
function written(span, place, before, linked) {
    if (span.raw)
        return span.text;
    if (isCode(span.marks))
        return code(span.text, place);
    const line = span.text.replace(/[ \t\n\r]+/g, ' ');
    const words = escaped(line, linked);
    const safe = place === 'cell' ? words.replaceAll('|', '\\|') : words;
    return before === '' || before.endsWith('\\\n') ? escapeStart(safe) : safe;
}
function code(text, place) {
    const line = text.replace(/\s*\n\s*/g, ' ');
    const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    const padded = /^`|`$|^ .* $/.test(line) && line.trim() !== '' ? ` ${line} ` : line;
    return fence + (place === 'cell' ? padded.replaceAll('|', '\\|') : padded) + fence;
}
/** Beside a link every bracket is escaped, for it could pair with the link's own. */
function escaped(text, linked) {
    return text
        .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\')
        .replace(/[`*~]/g, '\\$&')
        .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
        .replace(linked ? /[[\]]|(?<=\])\(/g : /\](?=[([:])/g, '\\$&')
        .replace(/<(?=[A-Za-z/!?])/g, '\\<')
        .replace(/&(?=#\d{1,7};|#x[0-9a-f]{1,6};|\w+;)/gi, '&amp;');
}
/** What would start a block at the start of a line. */
function escapeStart(text) {
    return text
        .replace(/^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$|[-=])|>|=|\||:?-)/, '$1\\$2')
        .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
/** A break at the end of a paragraph would read as a backslash. */
function trimmed(text, place) {
    const clean = text
        .replace(/ +(?=\\\n|<br>)/g, '')
        .replace(/(\\\n|<br>) +/g, '$1')
        .trim();
    return place === 'paragraph' ? clean.replace(/(?:\\\n|\\$(?<=\n\\))+$/g, '') : clean;
}

;// CONCATENATED MODULE: ./build/platforms/jira/adf-to-markdown.js

/** Markdown for these blocks. What `markdown-to-adf.ts` makes of the result are the same blocks again. */
function toMarkdown(nodes) {
    const parts = [];
    let previous;
    let alternate = false;
    for (const node of nodes) {
        // two lists in a row need different markers, or they read as one
        alternate = isList(node) && previous !== undefined && marksAlike(previous, node) ? !alternate : false;
        const text = block(node, alternate);
        if (text === '')
            continue;
        parts.push(text);
        previous = node;
    }
    return parts.join('\n\n');
}
function isList(node) {
    return ['bulletList', 'taskList', 'decisionList', 'orderedList'].includes(node.type);
}
function marksAlike(one, other) {
    return isList(one) && (one.type === 'orderedList') === (other.type === 'orderedList');
}
function block(node, alternate = false) {
    const content = node.content ?? [];
    switch (node.type) {
        case 'paragraph':
            return inlineToMarkdown(content, 'paragraph');
        case 'heading':
            return `${'#'.repeat(level(node.attrs?.['level']))} ${headingText(content)}`.trim();
        case 'bulletList':
        case 'decisionList':
            return list(node, () => (alternate ? '*' : '-'));
        case 'orderedList':
            return list(node, (index) => `${number(node.attrs?.['order'], 1) + index}${alternate ? ')' : '.'}`);
        case 'taskList':
            return taskList(node, alternate ? '*' : '-');
        case 'codeBlock':
            return codeBlock(node);
        case 'blockquote':
        case 'panel':
            return prefixed(toMarkdown(content), '> ');
        case 'rule':
            return '---';
        case 'table':
            return table(content);
        case 'expand':
        case 'nestedExpand':
            return details(node);
        case 'mediaSingle':
        case 'mediaGroup':
            return content.map(media).filter(Boolean).join('\n\n');
        default:
            return content.length > 0 && !isInline(content) ? toMarkdown(content) : inlineToMarkdown([node], 'paragraph');
    }
}
function isInline(content) {
    return content.some((node) => ['text', 'hardBreak', 'mention', 'emoji', 'inlineCard'].includes(node.type));
}
/** Signs at the end of a heading would read as its frame. */
function headingText(content) {
    return inlineToMarkdown(content, 'line').replace(/(^|\s)(#+)$/, '$1\\$2');
}
function level(value) {
    return Math.min(6, Math.max(1, number(value, 1)));
}
function number(value, otherwise) {
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}
function prefixed(text, prefix) {
    return text
        .split('\n')
        .map((line) => (prefix + line).trimEnd())
        .join('\n');
}
function indented(text, width) {
    return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);
}
function list(node, marker) {
    const items = node.content ?? [];
    const loose = items.some((item) => (item.content ?? []).some((child, index) => index > 0 && !followsText(child)));
    const texts = items.map((item, index) => {
        const sign = marker(index);
        const inner = item.content?.every((child) => child.type === 'text')
            ? inlineToMarkdown(item.content, 'paragraph')
            : itemText(item.content ?? [], loose);
        return `${sign} ${indented(inner, sign.length + 1)}`.trimEnd();
    });
    return texts.join(loose ? '\n\n' : '\n');
}
/** Only a list that starts with text and at 1 may follow a line directly. */
function followsText(node) {
    const first = node.content?.[0]?.content ?? [];
    return isList(node) && number(node.attrs?.['order'], 1) === 1 && first.length > 0 && first[0]?.content?.length !== 0;
}
function itemText(content, loose) {
    if (loose)
        return toMarkdown(content);
    return content.map((child, index) => block(child, index > 0 && index % 2 === 0)).join('\n');
}
function taskList(node, sign) {
    const lines = (node.content ?? []).map((child) => {
        if (child.type === 'taskList')
            return `  ${indented(taskList(child, sign), 2)}`;
        const box = child.attrs?.['state'] === 'DONE' ? '[x]' : '[ ]';
        return `${sign} ${box} ${indented(inlineToMarkdown(child.content ?? [], 'paragraph'), 2)}`.trimEnd();
    });
    return lines.join('\n');
}
function codeBlock(node) {
    const text = (node.content ?? []).map((child) => child.text ?? '').join('');
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    const language = String(node.attrs?.['language'] ?? '').replace(/[^\w+#.-]/g, '');
    return `${fence}${language}\n${text}${text === '' ? '' : '\n'}${fence}`;
}
/** A Markdown table has one line of headings: the first row, or an empty one. */
function table(rows) {
    const cells = rows.map((row) => (row.content ?? []).map(cell));
    const width = Math.max(1, ...cells.map((row) => row.length));
    const headed = rows[0]?.content?.every((child) => child.type === 'tableHeader') ?? false;
    const lines = headed ? cells : [[], ...cells];
    const [head = [], ...body] = lines.map((row) => `| ${[...row, ...blanks(width - row.length)].join(' | ')} |`);
    return [head, `|${' --- |'.repeat(width)}`, ...body].join('\n');
}
function blanks(count) {
    return Array.from({ length: count }, () => '');
}
function cell(node) {
    return (node.content ?? []).map(cellText).filter(Boolean).join('<br>');
}
/** A cell is one line: its blocks are parted by breaks, and what holds text shows it. */
function cellText(node) {
    if (node.type === 'paragraph' || node.type === 'heading')
        return inlineToMarkdown(node.content ?? [], 'cell');
    if (node.type === 'codeBlock') {
        const texts = (node.content ?? []).map((child) => ({ ...child, marks: [{ type: 'code' }] }));
        return inlineToMarkdown(texts, 'cell');
    }
    if (node.content === undefined || isInline(node.content))
        return inlineToMarkdown([node], 'cell');
    return node.content.map(cellText).filter(Boolean).join('<br>');
}
function details(node) {
    const title = String(node.attrs?.['title'] ?? '')
        .replace(/\s+/g, ' ')
        .trim();
    const summary = title === '' ? '' : `\n<summary>${title.replace(/[<>]/g, '')}</summary>`;
    return `<details>${summary}\n\n${toMarkdown(node.content ?? [])}\n\n</details>`.replace(/\n{3,}<\/details>$/, '\n\n</details>');
}
function media(node) {
    const { url, alt } = node.attrs ?? {};
    const text = typeof alt === 'string' && alt !== '' ? alt : 'attachment';
    return typeof url === 'string'
        ? inlineToMarkdown([{ type: 'text', text, marks: [{ type: 'link', attrs: { href: url } }] }], 'paragraph')
        : inlineToMarkdown([{ type: 'text', text: `(${text})` }], 'paragraph');
}

// EXTERNAL MODULE: ./node_modules/marked/lib/marked.esm.js
var marked_esm = __webpack_require__(8022);
;// CONCATENATED MODULE: ./build/platforms/jira/markdown-to-adf-inline.js
const ENTITIES = {
    amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', hellip: '…', mdash: '—',
    ndash: '–', rarr: '→', larr: '←', times: '×', deg: '°', bull: '•', middot: '·', laquo: '«', raquo: '»',
}; // biome-ignore format: a table
/** Half characters and control characters make Jira refuse the whole document. */
function plain(text) {
    return text
        .toWellFormed()
        .replace(/\r\n?/g, '\n')
        .replace(/(?![\t\n])\p{Cc}/gu, '');
}
/** A text node, or none for no text: Jira refuses empty ones, and line ends inside. */
function textNode(text, marks = []) {
    const line = text.replace(/[ \t\n]+/g, ' ');
    if (line === '')
        return [];
    return [{ type: 'text', text: line, ...(marks.length > 0 ? { marks } : {}) }];
}
/** The nodes of a line of Markdown, without spaces at its ends or around its breaks. */
function inlineToAdf(tokens) {
    const nodes = mergeText(tokens.flatMap((token) => inline(token, [])));
    return nodes.flatMap((node, index) => {
        if (node.type !== 'text' || markdown_to_adf_inline_isCode(node))
            return [node];
        const afterBreak = index === 0 || nodes[index - 1]?.type === 'hardBreak';
        const beforeBreak = index === nodes.length - 1 || nodes[index + 1]?.type === 'hardBreak';
        let text = node.text ?? '';
        if (afterBreak)
            text = text.replace(/^ +/, '');
        if (beforeBreak)
            text = text.replace(/ +$/, '');
        return text === '' ? [] : [{ ...node, text }];
    });
}
/** Neighbours with the same marks as one node, as Jira itself keeps them. */
function mergeText(nodes) {
    const merged = [];
    for (const node of nodes) {
        const last = merged.at(-1);
        if (last?.type === 'text' && node.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(node.marks)) {
            merged[merged.length - 1] = {
                ...last,
                text: `${last.text}${node.text}`.replace(/ {2,}/g, markdown_to_adf_inline_isCode(last) ? '$&' : ' '),
            };
        }
        else {
            merged.push(node);
        }
    }
    return merged;
}
function markdown_to_adf_inline_isCode(node) {
    return node.marks?.some((mark) => mark.type === 'code') ?? false;
}
function inline(token, marks) {
    const known = token;
    const inside = (type) => (known.tokens ?? []).flatMap((child) => inline(child, withMark(marks, { type })));
    switch (known.type) {
        case 'strong':
            return inside('strong');
        case 'em':
            return inside('em');
        case 'del':
            return inside('strike');
        case 'codespan':
            // Jira lets code be a link and nothing else
            return markdown_to_adf_inline_code(String(known['text']), marks);
        case 'br':
            return [{ type: 'hardBreak' }];
        case 'link':
            return markdown_to_adf_inline_link(known, marks);
        case 'image':
            return markdown_to_adf_inline_link({ ...known, tokens: [imageText(known)] }, marks);
        case 'html':
            return /^<br\s*\/?>$/i.test(known.raw.trim()) ? [{ type: 'hardBreak' }] : textNode(known.raw, marks);
        case 'checkbox':
            return [];
        case 'escape':
            return textNode(String(known['text']), marks);
        default:
            if (known.tokens)
                return known.tokens.flatMap((child) => inline(child, marks));
            return textNode(decodeEntities(String(known['text'] ?? known.raw)), marks);
    }
}
function markdown_to_adf_inline_code(text, marks) {
    const allowed = [...marks.filter((mark) => mark.type === 'link'), { type: 'code' }];
    return text === '' ? [] : [{ type: 'text', text: text.replaceAll('\n', ' '), marks: allowed }];
}
function imageText(token) {
    const text = token.text || token.href;
    return { type: 'escape', raw: text, text };
}
/** Jira refuses other schemes, and cannot follow a relative address: those become text. */
function markdown_to_adf_inline_link(token, marks) {
    const inside = token.tokens ?? [];
    if (!/^(?:https?:\/\/[^\s/]|mailto:.)/i.test(token.href) || marks.some((mark) => mark.type === 'link')) {
        const target = token.href === '' || token.href === token.text ? [] : textNode(` (${token.href})`, marks);
        return [...inside.flatMap((child) => inline(child, marks)), ...target];
    }
    const mark = { type: 'link', attrs: { href: token.href } };
    const nodes = inside.flatMap((child) => inline(child, withMark(marks, mark)));
    return nodes.length > 0 ? nodes : textNode(token.href, withMark(marks, mark));
}
const ORDER = ['link', 'strong', 'em', 'strike', 'code'];
/** One mark of a kind, always in the same order, so that equal texts have equal nodes. */
function withMark(marks, mark) {
    if (marks.some((other) => other.type === mark.type))
        return [...marks];
    return [...marks, mark].sort((one, other) => ORDER.indexOf(one.type) - ORDER.indexOf(other.type));
}
function decodeEntities(text) {
    return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
        if (name !== undefined)
            return (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined) ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? plain(String.fromCodePoint(code)) : '\ufffd';
    });
}

;// CONCATENATED MODULE: ./build/platforms/jira/markdown-to-adf.js
/**
 * Markdown to ADF blocks. The library `marked` reads the Markdown; this file says which node stands for which token, and keeps
 * to what Jira accepts where: it refuses a whole issue for one misplaced node. https://unpkg.com/@atlaskit/adf-schema
 */


const reader = new marked_esm/* Marked */.Dz({ gfm: true, breaks: false });
/** Blocks for a Markdown text. Text that is nested too deeply to be read comes back as it is, in a code block. */
function toAdf(markdown) {
    const text = plain(markdown);
    try {
        return blocks(reader.lexer(text), { place: 'top', ids: { last: 0 } });
    }
    catch (error) {
        if (error instanceof RangeError)
            return [markdown_to_adf_codeBlock(text, '')];
        throw error;
    }
}
function blocks(tokens, context) {
    const nodes = [];
    for (let index = 0; index < tokens.length; index += 1) {
        const token = tokens[index];
        if (token === undefined)
            break;
        const details = token.type === 'html' ? detailsAt(tokens, index) : undefined;
        if (details) {
            nodes.push(...expand(details, context));
            index = details.end;
        }
        else {
            nodes.push(...markdown_to_adf_block(token, context));
        }
    }
    return nodes;
}
function markdown_to_adf_block(token, context) {
    const known = token;
    switch (known.type) {
        case 'paragraph':
        case 'text':
            return [paragraph(inlineToAdf(known.tokens ?? [known]))];
        case 'heading':
            return heading(known, context);
        case 'code':
            return [markdown_to_adf_codeBlock(String(known['text']), String(known['lang'] ?? ''))];
        case 'list':
            return markdown_to_adf_list(known, context);
        case 'blockquote':
            return blockquote(known, context);
        case 'table':
            return markdown_to_adf_table(known, context);
        case 'hr':
            return context.place === 'quote' || context.place === 'item' ? [] : [{ type: 'rule' }];
        case 'space':
        case 'checkbox':
            return [];
        default:
            // raw HTML and link definitions: Jira renders neither, so the reader gets to see the text
            return [lines(known.raw)];
    }
}
function paragraph(content) {
    return { type: 'paragraph', content };
}
function lines(raw) {
    const texts = raw.trim().split('\n');
    return paragraph(texts.flatMap((text, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...textNode(text.trim())]));
}
function markdown_to_adf_codeBlock(text, info) {
    const language = info.split(/\s/)[0];
    return {
        type: 'codeBlock',
        ...(language ? { attrs: { language } } : {}),
        ...(text === '' ? {} : { content: [{ type: 'text', text }] }),
    };
}
function heading(token, { place }) {
    const content = inlineToAdf(token.tokens);
    if (place === 'top' || place === 'nested')
        return [{ type: 'heading', attrs: { level: token.depth }, content }];
    return [paragraph(inlineToAdf([{ type: 'strong', raw: token.raw, text: token.text, tokens: token.tokens }]))];
}
/** A quote or a list item cannot hold a quote: its blocks take its place. */
function blockquote(token, context) {
    if (context.place === 'quote' || context.place === 'item')
        return blocks(token.tokens, context);
    const content = blocks(token.tokens, { ...context, place: 'quote' });
    return [{ type: 'blockquote', content: content.length > 0 ? content : [paragraph([])] }];
}
function markdown_to_adf_list(token, context) {
    // a list of tasks may not stand in a quote
    if (context.place !== 'quote' && isTaskList(token))
        return [markdown_to_adf_taskList(token, context)];
    const content = token.items.map((item) => listItem(item, context));
    if (!token.ordered)
        return [{ type: 'bulletList', content }];
    return [{ type: 'orderedList', attrs: { order: Number(token.start) || (token.start === 0 ? 0 : 1) }, content }];
}
/** An item starts with a paragraph or code. A box that no task list can hold becomes text. */
function listItem(item, context) {
    const content = blocks(item.tokens, { ...context, place: 'item' });
    const box = item.task ? textNode(item.checked ? '[x] ' : '[ ] ') : [];
    const [first] = content;
    if (first?.type === 'paragraph')
        content[0] = paragraph(mergeText([...box, ...(first.content ?? [])]));
    else if (first?.type !== 'codeBlock' || box.length > 0)
        content.unshift(paragraph(box));
    return { type: 'listItem', content };
}
/** Jira's tasks are lines of text, with lists of tasks under them at most. */
function isTaskList(token) {
    return (!token.ordered &&
        token.items.every((item) => item.task &&
            taskLines(item).length <= 1 &&
            item.tokens.every((child) => child.type === 'list'
                ? isTaskList(child)
                : ['text', 'paragraph', 'checkbox', 'space'].includes(child.type))));
}
function taskLines(item) {
    return item.tokens.filter((child) => child.type === 'text' || child.type === 'paragraph');
}
function markdown_to_adf_taskList(token, context) {
    const attrs = { localId: nextId(context) };
    const content = token.items.flatMap((item) => {
        const inline = taskLines(item).flatMap((child) => ('tokens' in child ? (child.tokens ?? []) : []));
        const task = {
            type: 'taskItem',
            attrs: { localId: nextId(context), state: item.checked ? 'DONE' : 'TODO' },
            content: inlineToAdf(inline.filter((child) => child.type !== 'checkbox')),
        };
        const below = item.tokens.filter((child) => child.type === 'list');
        return [task, ...below.map((child) => markdown_to_adf_taskList(child, context))];
    });
    return { type: 'taskList', attrs, content };
}
function nextId({ ids }) {
    ids.last += 1;
    return `task-${ids.last}`;
}
function markdown_to_adf_table(token, { place }) {
    if (place === 'quote' || place === 'item')
        return [markdown_to_adf_codeBlock(token.raw.trim(), '')];
    const cell = (type) => (source) => ({
        type,
        content: [paragraph(inlineToAdf(source.tokens))],
    });
    const rows = [token.header.map(cell('tableHeader')), ...token.rows.map((row) => row.map(cell('tableCell')))];
    return [{ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) }];
}
const DETAILS = /^\s*<details[^>]*>\s*(?:<summary[^>]*>([\s\S]*?)<\/summary>)?([\s\S]*)$/i;
const CLOSING = /<\/details>\s*$/i;
/** The `<details>` that opens at this token, when the same list of tokens closes it. */
function detailsAt(tokens, start) {
    const opening = DETAILS.exec(tokens[start]?.raw ?? '');
    if (!opening)
        return undefined;
    const title = plain(opening[1] ?? '')
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const rest = opening[2] ?? '';
    if (CLOSING.test(rest))
        return { title, inside: reader.lexer(rest.replace(CLOSING, '').trim()), end: start };
    let depth = 1;
    for (let index = start + 1; index < tokens.length; index += 1) {
        const token = tokens[index];
        if (token?.type !== 'html')
            continue;
        if (DETAILS.test(token.raw))
            depth += 1;
        if (CLOSING.test(token.raw))
            depth -= 1;
        if (depth > 0)
            continue;
        const last = token.raw.replace(CLOSING, '').trim();
        const inside = [...reader.lexer(rest.trim()), ...tokens.slice(start + 1, index), ...reader.lexer(last)];
        return { title, inside, end: index };
    }
    return undefined;
}
/** Only the document itself holds expands; elsewhere the title stands above what it would have hidden. */
function expand({ title, inside }, context) {
    if (context.place !== 'top') {
        const named = title === '' ? [] : [paragraph(textNode(title, [{ type: 'strong' }]))];
        return [...named, ...blocks(inside, context)];
    }
    const content = blocks(inside, { ...context, place: 'nested' });
    return [{ type: 'expand', attrs: { title }, content: content.length > 0 ? content : [paragraph([])] }];
}

;// CONCATENATED MODULE: ./build/platforms/jira/adf.js
/** Atlassian Document Format, the rich text of Jira Cloud. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */


/** Longest description or comment. Jira counts the document, not the Markdown that it was made from. */
const MAX_DOCUMENT = 32_767;
/** The document for a Markdown text; the same text always gives the same document. */
function markdownToAdf(markdown) {
    return { version: 1, type: 'doc', content: toAdf(markdown) };
}
/** Markdown for a document, or for the plain string that old versions of the API send; `''` for none. */
function adfToMarkdown(document) {
    if (typeof document === 'string')
        return document;
    return isNode(document) ? toMarkdown(document.content ?? []) : '';
}
/** How much of `MAX_DOCUMENT` this Markdown takes. */
function measureAdf(markdown) {
    return JSON.stringify(markdownToAdf(markdown)).length;
}
function isNode(value) {
    return typeof value === 'object' && value !== null && 'type' in value;
}

// EXTERNAL MODULE: ./build/platforms/errors.js
var errors = __webpack_require__(776);
// EXTERNAL MODULE: ./build/platforms/http.js + 3 modules
var http = __webpack_require__(6136);
// EXTERNAL MODULE: ./build/platforms/untrusted-text.js
var untrusted_text = __webpack_require__(8913);
;// CONCATENATED MODULE: ./build/platforms/jira/refusals.js
/** What Jira's refusals mean, and which permission is missing. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes */

/** https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/ */
const PERMISSIONS = {
    getIssue: { project: 'Browse Projects', scope: 'read:jira-work' },
    listIssues: { project: 'Browse Projects', scope: 'read:jira-work' },
    listComments: { project: 'Browse Projects', scope: 'read:jira-work' },
    createIssue: { project: 'Create Issues', scope: 'write:jira-work' },
    updateIssue: { project: 'Edit Issues', scope: 'write:jira-work' },
    transitionIssue: { project: 'Transition Issues', scope: 'write:jira-work' },
    addComment: { project: 'Add Comments', scope: 'write:jira-work' },
};
const LOGIN_REMEDY = 'Please check that JIRA_TOKEN is a valid API token of the account JIRA_EMAIL. After many failed logins Jira asks for a CAPTCHA: ' +
    'then log in once in a browser.';
/** With wrong credentials Jira answers some requests as if nobody had logged in: an empty list, which is not the truth. */
function refuseAnonymous(response, operation) {
    const reason = response.headers.get('x-seraph-loginreason') ?? '';
    if (!isLoginFailure(reason))
        return;
    throw new errors/* PaceError */.qw({
        kind: 'authentication',
        message: `Jira did not accept the credentials (${reason}).`,
        remedy: LOGIN_REMEDY,
        operation,
        status: response.status,
        vendorMessage: reason,
    });
}
function isLoginFailure(words) {
    return /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED|CAPTCHA/.test(words);
}
/** Data Center, which has no API v3, says so in other words than Jira Cloud says that an issue is missing. */
function isUnknownAddress(error) {
    return error.status === 404 && /null for uri|web page/i.test(`${error.vendorMessage ?? ''} ${error.message}`);
}
function noApi(url, operation, cause) {
    return new errors/* PaceError */.qw({
        kind: 'unexpected',
        message: `${url} did not answer like Jira.`,
        remedy: 'Please set JIRA_URL to the address of the site, such as https://your-team.atlassian.net.',
        operation,
        cause,
    });
}
/** The same error with a remedy that knows Jira. */
function refined(error, operation, who) {
    const { project, scope } = PERMISSIONS[operation];
    const words = error.vendorMessage ?? '';
    const grant = `Please give ${who.email} the permission “${project}” in the project ${who.project}; a token with scopes needs ${scope}.`;
    const better = (kind, remedy, message) => (0,errors/* withOperation */.oi)(error, operation, { kind, remedy, ...(message === undefined ? {} : { message }) });
    if (/scope does not match/i.test(words))
        return better('permission', `Please create a token with the scope ${scope}.`);
    if (error.kind === 'authentication' || isLoginFailure(words))
        return better('authentication', LOGIN_REMEDY);
    if (error.kind === 'permission')
        return better('permission', grant);
    if (error.status === 410)
        return better('unsupported', 'Atlassian has removed this part of the API: please update PACE.');
    if (error.status === 413)
        return better('validation', 'The issue has reached a limit of Jira: please close it or remove comments.');
    if (/\bproject: |field 'project'/.test(words)) {
        const remedy = `Please check JIRA_PROJECT_KEY (${who.project}). ${grant}`;
        return better('permission', remedy, `Jira does not let this account use the project ${who.project}: ${words}`);
    }
    if (error.kind === 'validation' && /permission/i.test(words))
        return better('permission', grant);
    if (error.kind === 'not-found')
        return better('not-found', `Please check the key. Jira also says so when “${project}” is missing: ${grant}`);
    return (0,errors/* withOperation */.oi)(error, operation);
}
/** The fields that Jira has refused in a 400 answer, by their keys. */
function refusedFields(error) {
    if (!(error instanceof errors/* PaceError */.qw) || error.status !== 400)
        return [];
    return [...(error.vendorMessage ?? '').matchAll(/(?:^|; )([\w.-]+): /g)].map((match) => match[1] ?? '');
}
/** Fields first, so that cutting a long text keeps them; then sentences, then what stands in headers only. */
function describe(body, headers) {
    const { errors, errorMessages, message } = isMap(body) ? body : {};
    const fields = isMap(errors) ? Object.entries(errors).map(([name, words]) => `${name}: ${String(words)}`) : [];
    const sentences = Array.isArray(errorMessages) ? errorMessages.map(String) : [];
    const reasons = ['x-seraph-loginreason', 'x-authentication-denied-reason', 'ratelimit-reason']
        .map((name) => headers.get(name))
        .filter((reason) => reason !== null && reason !== 'OK')
        .map((reason) => `(${reason})`);
    return [...fields, ...sentences, ...(typeof message === 'string' ? [message] : []), ...reasons].join('; ');
}
function isMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/platforms/jira/api.js
/**
 * Jira Cloud's REST API v3 on our fetch: Basic authentication, and errors that name the missing permission.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/
 */




function createApi(world, settings) {
    const url = siteUrl(settings['url'] ?? '');
    const { email = '', token = '', project_key: project = '' } = settings;
    requireCredentials(email, token);
    const fetch = (0,http/* createFetch */.H)(world, { title: 'Jira', describe: describe });
    const authorization = `Basic ${Buffer.from(`${email}:${token}`, 'utf8').toString('base64')}`;
    async function send(operation, version, { method = 'GET', path, query, body }) {
        const address = `${url}/rest/api/${version}/${path.map(encodeURIComponent).join('/')}${search(query)}`;
        const headers = { accept: 'application/json', authorization };
        const response = await fetch(address, body === undefined
            ? { method, headers }
            : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
        refuseAnonymous(response, operation);
        return response;
    }
    async function call(operation, asked) {
        try {
            const text = await (await send(operation, 3, asked)).text();
            return (text === '' ? undefined : JSON.parse(text));
        }
        catch (thrown) {
            if (thrown instanceof SyntaxError)
                throw noApi(url, operation, thrown);
            const error = (0,errors/* asPaceError */.Qd)(thrown);
            if (isUnknownAddress(error))
                await refuseDataCenter(operation, error);
            throw refined(error, operation, { email, project });
        }
    }
    async function refuseDataCenter(operation, error) {
        const info = await serverInfo(operation).catch(() => undefined);
        if (!info || info.deploymentType === 'Cloud')
            return;
        const remedy = 'PACE speaks to Jira Cloud so far. Please choose another tracker with `platform.tracker`.';
        const refusal = (0,errors/* unsupported */.qO)('PACE', (0,untrusted_text/* plainLine */.h0)(`use Jira ${info.deploymentType ?? 'Server'} ${info.version ?? ''}`, 80), remedy);
        throw (0,errors/* withOperation */.oi)(refusal, operation, { message: `${refusal.message} ${error.message}` });
    }
    async function serverInfo(operation) {
        const answer = await send(operation, 2, { path: ['serverInfo'] });
        return (await answer.json());
    }
    return { url, call };
}
function siteUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== '') {
        throw new errors/* PaceError */.qw({
            kind: 'configuration',
            message: `The address of Jira is not a URL: ${url?.username ? '(it contains a user name)' : JSON.stringify(text)}.`,
            remedy: 'Please set JIRA_URL to the address of the site, such as https://your-team.atlassian.net.',
            operation: 'configure',
        });
    }
    // people copy the address of a board
    if (url.hostname.endsWith('.atlassian.net'))
        return `https://${url.host}`;
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
function requireCredentials(email, token) {
    if (email.includes('@') && token !== '')
        return;
    const missing = token === '' ? 'an API token (JIRA_TOKEN)' : 'the e-mail address of the account (JIRA_EMAIL)';
    throw new errors/* PaceError */.qw({
        kind: 'configuration',
        message: `Jira Cloud wants ${missing}: an API token works together with its account only.`,
        remedy: 'Please set JIRA_EMAIL to the address you log in with and JIRA_TOKEN to a token from ' +
            'https://id.atlassian.com/manage-profile/security/api-tokens. Tokens of Jira Data Center, which have no address, are not supported yet.',
        operation: 'configure',
    });
}
function search(query = {}) {
    const pairs = Object.entries(query).flatMap(([name, value]) => value === undefined ? [] : [value].flat().map((one) => [name, String(one)]));
    return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

;// CONCATENATED MODULE: ./build/platforms/jira/wire.js

/** The fields of `WireIssue`, as they are asked for. */
const ISSUE_FIELDS = 'summary,description,status,resolution,labels,assignee,creator,created,updated';
/** The entity property that holds the metadata: programs see it, people do not. */
const PROPERTY = 'pace';
function toIssue(wire, site) {
    const { fields } = wire;
    return {
        key: wire.key,
        url: `${site}/browse/${wire.key}`,
        title: fields.summary,
        body: adfToMarkdown(fields.description),
        state: toState(fields.status, fields.resolution),
        stateName: fields.status.name,
        labels: (fields.labels ?? []).map(fromLabel),
        assignees: fields.assignee ? [toPerson(fields.assignee)] : [],
        ...(fields.creator ? { author: toPerson(fields.creator) } : {}),
        createdAt: Date.parse(fields.created),
        updatedAt: Date.parse(fields.updated),
        metadata: toMetadata(wire.properties?.[PROPERTY]),
    };
}
function toComment(wire) {
    return {
        id: wire.id,
        body: adfToMarkdown(wire.body),
        ...(wire.author ? { author: toPerson(wire.author) } : {}),
        createdAt: Date.parse(wire.created),
    };
}
function toPerson({ accountId, displayName }) {
    return { id: accountId, name: displayName ?? accountId };
}
function toMetadata(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
/** Names of resolutions and of final statuses that mean: nobody will do this. */
const CANCELED = /\b(?:won['’]?t|cancel|reject|declin|abandon|obsolete|duplicate|invalid|incomplete|not (?:planned|a bug|doing)|(?:cannot|can['’]?t) reproduce)/i;
/** Names of statuses in progress that say more than "in progress". */
const IN_REVIEW = /\breview|\bapproval/i;
const BLOCKED = /\bblocked|\bon hold|\bimpeded|\bwaiting/i;
/**
 * Jira sorts every status, whatever its name and language, into one of three categories; a fourth, `undefined`, is for old
 * statuses without one. Names only tell apart what a category leaves open.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/
 */
function toState(status, resolution) {
    const { key } = status.statusCategory;
    if (key === 'done')
        return CANCELED.test(status.name) || CANCELED.test(resolution?.name ?? '') ? 'canceled' : 'done';
    // what is not known to be done is not done
    if (key !== 'indeterminate')
        return 'open';
    if (BLOCKED.test(status.name))
        return 'blocked';
    return IN_REVIEW.test(status.name) ? 'in_review' : 'in_progress';
}
/** The category whose statuses stand for a state. */
function toCategory(state) {
    if (state === 'open')
        return 'new';
    return state === 'done' || state === 'canceled' ? 'done' : 'indeterminate';
}
/** Jira's labels have no blanks: `␣` stands for each, so that the label reads back as it was. */
function toLabel(label) {
    return label.toWellFormed().trim().replace(/\s/g, '␣');
}
function fromLabel(label) {
    return label.replaceAll('␣', ' ');
}

;// CONCATENATED MODULE: ./build/platforms/jira/fields.js
/** What people and programs ask for, in the words of Jira's requests. Pure. */




const TITLE_LIMIT = 255;
/** What an issue can do without when the project's screens do not take it. */
const OPTIONAL = ['priority', 'labels', 'assignee'];
/** The purpose whose issue type an issue without a purpose gets: every kind of project has tasks. */
const ANY_PURPOSE = 'advisory';
/** The key itself, so that nothing else ever gets into an address. */
function validKey(key, operation) {
    if (/^[A-Za-z][A-Za-z0-9_]*-[1-9]\d*$/.test(key))
        return key;
    throw new errors/* PaceError */.qw({
        // a key that another tracker has given names nothing here
        kind: 'not-found',
        operation,
        message: `${JSON.stringify(key)} is not the key of an issue in Jira.`,
        remedy: 'Please write it like PROJ-12.',
    });
}
/** The fields of a new issue; type and priority come from the settings of its purpose. */
function draftFields(draft, project, settings) {
    const { purpose } = draft;
    const type = settings[`${purpose ?? ANY_PURPOSE}_issue_type`];
    const priority = settings[`${purpose}_priority`];
    const [assignee] = draft.assignees ?? [];
    return {
        project: { key: project },
        issuetype: { name: type },
        ...patchFields(draft),
        ...(priority === undefined ? {} : { priority: { name: priority } }),
        ...(assignee === undefined ? {} : { assignee: { accountId: assignee } }),
    };
}
/** The fields that a patch changes; the metadata is no field. */
function patchFields({ title, body, labels }) {
    return {
        ...(title === undefined ? {} : { summary: oneLine(title) }),
        ...(body === undefined ? {} : { description: body === '' ? null : markdownToAdf(body) }),
        ...(labels === undefined ? {} : { labels: [...new Set(labels.map(toLabel))] }),
    };
}
/** Jira refuses a summary with line ends. */
function oneLine(title) {
    return (0,untrusted_text/* cut */.Jj)(title
        .toWellFormed()
        .replace(/(?:\p{Cc}|\p{Zl}|\p{Zp})+/gu, ' ')
        .trim(), TITLE_LIMIT);
}

;// CONCATENATED MODULE: ./build/platforms/jira/jql.js

const DAY = 86_400_000;
const LAST_YEAR = Date.UTC(9999, 0);
/**
 * The query for a filter. Times in JQL are minutes in the time zone of the account, which we do not know: it asks for one
 * day more, and the caller drops what is too old.
 */
function toJql(project, { state = 'all', labels = [], createdSince = 0 }) {
    const conditions = [
        `project = ${quoted(project)}`,
        ...labels.map((label) => `labels = ${quoted(toLabel(label))}`),
        ...(state === 'all' ? [] : [`statusCategory ${state === 'open' ? '!=' : '='} Done`]),
        ...(createdSince > DAY ? [`created >= ${quoted(minute(createdSince - DAY))}`] : []),
    ];
    return `${conditions.join(' AND ')} ORDER BY created DESC`;
}
/** A string in JQL; backslash and quote are escaped. */
function quoted(text) {
    return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
function minute(time) {
    return new Date(Math.min(time, LAST_YEAR)).toISOString().slice(0, 16).replace('T', ' ');
}

;// CONCATENATED MODULE: ./build/platforms/jira/screens.js
/** Projects decide which fields their screens take and which types their issues have: what to do when they refuse. */




/**
 * Sends the fields. When Jira refuses only fields that an issue can do without, it is sent once more without them, and the
 * log says so: an issue without a priority is better than none.
 */
async function sendFields({ world, project, fields }, send) {
    try {
        return await send(fields);
    }
    catch (error) {
        const refused = refusedFields(error);
        const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.includes(name)));
        const dispensable = refused.length > 0 && refused.every((name) => OPTIONAL.includes(name) && name in fields);
        if (!(error instanceof errors/* PaceError */.qw) || !dispensable || Object.keys(rest).length === 0)
            throw error;
        const effect = refused.includes('labels') ? ' Without labels, lists by label do not show the issue.' : '';
        const remedy = `Please check the value, and that the screens of ${project} have the field.`;
        world.log.warn(`Jira did not take ${refused.join(' and ')} (${error.vendorMessage}).${effect} ${remedy}`);
        return send(rest);
    }
}
/** Throws the error; a refused issue type says which ones there are, and which setting names it. */
async function explainType({ api, project, fields, purpose }, error) {
    if (!refusedFields(error).includes('issuetype'))
        throw error;
    const { name } = fields['issuetype'];
    const names = await typeNames(api, project);
    throw new errors/* PaceError */.qw({
        kind: 'validation',
        operation: 'createIssue',
        status: 400,
        message: `The project ${project} of Jira has no issue type “${name}”${names.length > 0 ? `; it has ${names.join(', ')}` : ''}.`,
        remedy: `Please set jira.${purpose}_issue_type in pace.config.yaml, or JIRA_${purpose.toUpperCase()}_ISSUE_TYPE, to one that it has.`,
        cause: error,
    });
}
/** `[]` when the list cannot be had: the refusal itself matters more. */
async function typeNames(api, project) {
    const call = { path: ['issue', 'createmeta', project, 'issuetypes'], query: { maxResults: 200 } };
    const types = await api.call('createIssue', call).catch(() => ({}));
    return (types.issueTypes ?? []).filter(({ subtask }) => !subtask).map(({ name }) => (0,untrusted_text/* plainLine */.h0)(name, 80));
}

;// CONCATENATED MODULE: ./build/platforms/jira/transitions.js
/** Which of the offered transitions leads to a state, and what its screen must be told. Pure. */



/** Words in a status' name that fit a state best, for a choice among several of the right category. */
const FITTING = {
    open: /^(?:re-?)?open|^to ?do\b|^new$/i,
    in_progress: /progress|doing|develop/i,
    in_review: /review|approval/i,
    blocked: /blocked|hold|impeded|waiting/i,
    done: /^(?:done|closed|resolved|completed?|fixed)$/i,
    canceled: CANCELED,
};
/**
 * The transition to a state: its target has the state's category; among several the one whose target reads as exactly this
 * state, then the one whose name fits, then the first. `undefined` when none leads to the category.
 */
function chooseTransition(offered, state) {
    const candidates = offered.filter(({ to, isAvailable }) => isAvailable !== false && to.statusCategory.key === toCategory(state));
    const rank = ({ to }) => (isExactly(to, state) ? 2 : 0) + (FITTING[state].test(to.name) ? 1 : 0);
    return candidates.toSorted((one, other) => rank(other) - rank(one))[0];
}
function isExactly(status, state) {
    return toState(status) === state;
}
/** What the transition's screen requires, filled in; a required field without values to choose from is an error. */
function fillScreen(transition, state) {
    const fields = {};
    const guessed = [];
    for (const [key, field] of Object.entries(transition.fields ?? {})) {
        const closing = key === 'resolution' && toCategory(state) === 'done';
        if (!closing && (!field.required || field.hasDefaultValue))
            continue;
        const value = key === 'resolution' ? resolution(field, state) : field.allowedValues?.[0];
        if (value === undefined) {
            if (field.required)
                throw cannotFill(transition, field.name ?? key);
            continue;
        }
        fields[key] = field.schema?.type === 'array' ? [reference(value)] : reference(value);
        if (key !== 'resolution')
            guessed.push((0,untrusted_text/* plainLine */.h0)(`${field.name ?? key}: ${value.name ?? value.value ?? value.id ?? '?'}`, 120));
    }
    return { transition, fields, guessed };
}
function resolution({ allowedValues = [] }, state) {
    const named = (words) => allowedValues.find(({ name = '' }) => words.test(name));
    if (state === 'canceled')
        return named(/^won['’]?t (?:do|fix)$/i) ?? named(CANCELED) ?? allowedValues[0];
    const best = named(/^done$/i) ?? named(/^fixed$/i) ?? named(/^(?:resolved|completed?)$/i);
    return best ?? allowedValues.find(({ name = '' }) => !CANCELED.test(name)) ?? allowedValues[0];
}
function reference({ id, name, value }) {
    if (id !== undefined)
        return { id };
    return name === undefined ? { ...(value === undefined ? {} : { value }) } : { name };
}
function cannotFill(transition, field) {
    return new errors/* PaceError */.qw({
        kind: 'transition',
        operation: 'transitionIssue',
        message: `The transition ${transitions_quoted(transition.name)} of Jira requires the field ${transitions_quoted(field)}, for which PACE knows no value.`,
        remedy: 'Please give the field a default, or make it optional on the screen of this transition.',
    });
}
/** There is no way to the state from here. */
function noTransition(key, from, state, offered) {
    const list = offered
        .map(({ name, to }) => `${transitions_quoted(name)} to ${transitions_quoted(to.name)} (${(0,untrusted_text/* plainLine */.h0)(to.statusCategory.key, 20)})`)
        .join(', ');
    return new errors/* PaceError */.qw({
        kind: 'transition',
        operation: 'transitionIssue',
        message: `${key} cannot go from ${transitions_quoted(from)} to ${state}: Jira offers ${list || 'no transition at all'}.`,
        remedy: list
            ? `Please add a transition from ${transitions_quoted(from)} to a status of the category “${toCategory(state)}” to the workflow.`
            : 'Please check the workflow, and that the account has the permission “Transition Issues” in the project.',
    });
}
/** A name that people have given, for messages. */
function transitions_quoted(name) {
    return `“${(0,untrusted_text/* plainLine */.h0)(name, 80)}”`;
}

;// CONCATENATED MODULE: ./build/platforms/jira/issues.js







const PAGE = 100;
const MAX_PAGES = 200;
/** Most issues that a search can be told to look at afresh. */
const MAX_RECONCILED = 50;
async function createTracker(world, settings) {
    const api = createApi(world, settings);
    const project = settings['project_key'] ?? '';
    const written = new Set();
    /** Searches of this run see what this run has written, although Jira's index is late. */
    function remember(id) {
        written.delete(Number(id));
        written.add(Number(id));
        const [oldest] = written;
        if (written.size > MAX_RECONCILED && oldest !== undefined)
            written.delete(oldest);
    }
    function read(operation, key) {
        const query = { fields: ISSUE_FIELDS, properties: PROPERTY };
        return api.call(operation, { path: ['issue', validKey(key, operation)], query });
    }
    async function readBack(operation, key) {
        const wire = await read(operation, key);
        remember(wire.id);
        return toIssue(wire, await site());
    }
    let knownSite;
    /** Where people see the issues: tokens with scopes speak to another address than people. */
    function site() {
        if (new URL(api.url).hostname !== 'api.atlassian.com')
            return Promise.resolve(api.url);
        knownSite ??= api
            .call('getIssue', { path: ['serverInfo'] })
            .then(({ baseUrl }) => baseUrl.replace(/\/+$/, ''));
        return knownSite;
    }
    function writeMetadata(operation, key, metadata) {
        return api.call(operation, { method: 'PUT', path: ['issue', key, 'properties', PROPERTY], body: metadata });
    }
    async function createIssue(draft) {
        const { metadata = {} } = draft;
        const hasMetadata = Object.keys(metadata).length > 0;
        const properties = hasMetadata ? { properties: [{ key: PROPERTY, value: metadata }] } : {};
        const fields = draftFields(draft, project, settings);
        if ((draft.assignees?.length ?? 0) > 1)
            world.log.warn('An issue in Jira has one assignee: only the first was set.');
        const created = await sendFields({ world, project, fields }, (accepted) => api.call('createIssue', {
            method: 'POST',
            path: ['issue'],
            body: { fields: accepted, ...properties },
        })).catch((error) => explainType({ api, project, fields, purpose: draft.purpose ?? ANY_PURPOSE }, error));
        const issue = await readBack('createIssue', created.key);
        if (!hasMetadata || Object.keys(issue.metadata).length > 0)
            return issue;
        await writeMetadata('createIssue', created.key, metadata);
        return readBack('createIssue', created.key);
    }
    async function updateIssue(key, patch) {
        const path = ['issue', validKey(key, 'updateIssue')];
        const fields = patchFields(patch);
        if (Object.keys(fields).length > 0) {
            await sendFields({ world, project, fields }, (accepted) => api.call('updateIssue', { method: 'PUT', path, body: { fields: accepted } }));
        }
        if (patch.metadata)
            await writeMetadata('updateIssue', key, patch.metadata);
        return readBack('updateIssue', key);
    }
    async function* listIssues(filter = {}) {
        const query = {
            jql: toJql(project, filter),
            fields: ISSUE_FIELDS,
            properties: PROPERTY,
            maxResults: PAGE,
            reconcileIssues: [...written],
        };
        const seen = new Set();
        let nextPageToken;
        for (let page = 0; page < MAX_PAGES; page += 1) {
            const answer = await api.call('listIssues', {
                path: ['search', 'jql'],
                query: { ...query, nextPageToken },
            });
            const issues = answer.issues ?? [];
            for (const wire of issues) {
                const issue = toIssue(wire, await site());
                if (seen.has(issue.key) || !matches(issue, filter))
                    continue;
                seen.add(issue.key);
                yield issue;
            }
            const token = answer.nextPageToken ?? undefined;
            if (answer.isLast === true || token === undefined || token === nextPageToken || issues.length === 0)
                return;
            nextPageToken = token;
        }
        world.log.warn(`Jira has more than ${MAX_PAGES * PAGE} fitting issues: the oldest were not looked at.`);
    }
    async function transitionIssue(key, state) {
        const path = ['issue', validKey(key, 'transitionIssue'), 'transitions'];
        const wire = await read('transitionIssue', key);
        const { status, resolution } = wire.fields;
        if (toState(status, resolution) === state)
            return toIssue(wire, await site());
        const { transitions } = await api.call('transitionIssue', {
            path,
            query: { expand: 'transitions.fields' },
        });
        const chosen = chooseTransition(transitions, state);
        const there = status.statusCategory.key === toCategory(state);
        if (!chosen && !there)
            throw noTransition(key, status.name, state, transitions);
        // a workflow without a status of its own for the state: the right category is as near as it gets
        if (!chosen || (there && !isExactly(chosen.to, state))) {
            world.log.warn(`${key} stays in ${transitions_quoted(status.name)}: its workflow has no better status for ${state}.`);
            return toIssue(wire, await site());
        }
        const { fields, guessed } = fillScreen(chosen, state);
        if (guessed.length > 0)
            world.log.warn(`The transition ${transitions_quoted(chosen.name)} of ${key} asked for values: ${guessed.join(', ')}.`);
        await api.call('transitionIssue', {
            method: 'POST',
            path,
            body: { transition: { id: chosen.id }, ...(Object.keys(fields).length > 0 ? { fields } : {}) },
        });
        return readBack('transitionIssue', key);
    }
    return {
        platform: 'jira',
        titleLimit: TITLE_LIMIT,
        bodyLimit: { max: MAX_DOCUMENT, unit: 'characters' },
        // the metadata has a limit of its own, which is as large: counting it here keeps both
        measureBody: (markdown, metadata) => measureAdf(markdown) + (metadata ? JSON.stringify(metadata).length : 0),
        formatDescription: markdownToAdf,
        getIssue: async (key) => toIssue(await read('getIssue', key), await site()),
        listIssues,
        createIssue,
        updateIssue,
        transitionIssue,
        listComments: (key) => listComments(api, validKey(key, 'listComments')),
        addComment: async (key, markdown) => {
            const path = ['issue', validKey(key, 'addComment'), 'comment'];
            return toComment(await api.call('addComment', { method: 'POST', path, body: { body: markdownToAdf(markdown) } }));
        },
    };
}
/** The index may be late, and JQL compares labels and times loosely: what counts is the issue itself. */
function matches(issue, { state = 'all', labels = [], createdSince = 0 }) {
    const closed = issue.state === 'done' || issue.state === 'canceled';
    return ((state === 'all' || closed === (state === 'closed')) &&
        labels.every((label) => issue.labels.includes(label.trim())) &&
        issue.createdAt >= createdSince);
}
async function listComments(api, key) {
    const comments = [];
    for (;;) {
        const query = { startAt: comments.length, maxResults: PAGE, orderBy: 'created' };
        const page = await api.call('listComments', { path: ['issue', key, 'comment'], query });
        comments.push(...page.comments);
        if (page.comments.length === 0 || comments.length >= page.total)
            return comments.map(toComment);
    }
}


/***/ })

};
