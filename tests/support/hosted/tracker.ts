/** `/api/v1/tracker/*`: what the PRI-12 contract freezes, and what clients after it ask for beside that. */
import { randomUUID } from 'node:crypto';
import { isRecord } from '../../../core/record.ts';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';
import { bearerOf } from './login.ts';
import { bindingOf, type HostedIssue, type HostedState, newIssue, refused } from './state.ts';

const API = '/api/v1/tracker';

type Body = Readonly<Record<string, unknown>>;
type Call = (asked: Asked, body: Body) => Answer;

export function trackerRoutes(state: HostedState): Routes {
  const plain = (call: Call) => guarded(state, call);
  const written = (call: Call) => guarded(state, (asked, body) => once(state, asked, () => call(asked, body)));
  const calls: Readonly<Record<string, Handler>> = {
    'POST pull': plain((_, body) => pulled(state, body)),
    'POST push': written((_, body) => pushed(state, body)),
    'POST run': written((_, body) => ran(state, body)),
    'GET status': plain(({ query }) => statusOf(state, query)),
    'GET mappings': plain(() => ({ json: { mappings: state.mappings } })),
    'GET health': plain(() => ({ json: { status: 'ok' } })),
    'GET operations/:id': plain(({ params }) => operationOf(state, params['id'] ?? '')),
    'POST issue-search': plain((_, body) => found(state, body)),
    'POST list-tickets': plain((_, body) => ({ json: { tickets: all(state).slice(0, limitOf(body)).map(ticketOf) } })),
    'GET resources': plain(({ query }) => ({
      json: {
        ...{ installation_id: 'inst-1', provider: query.get('provider') },
        resources: [{ ...bindingOf(state, 'bind-1'), candidate_token: 'cand-1', bound_project_slug: 'owl' }],
      },
    })),
    'POST bind-resolve': plain(() => ({ json: { match_type: 'candidates', candidates: [CANDIDATE] } })),
    'POST bind-confirm': written((_, body) => confirmed(state, body)),
    'POST bind-validate': plain((_, body) => validated(state, body)),
    'POST mission-origin/bind': written((_, body) => ({ json: { status: 'ok', ...body } })),
  };
  return Object.assign({}, ...Object.entries(calls).map(([route, handler]) => bothForms(state, route, handler)));
}

const CANDIDATE = {
  ...{ candidate_token: 'cand-1', display_label: 'OWL project', confidence: 'high' },
  ...{ match_reason: 'the same name', sort_position: 0 },
};

/** The path with and without a slash at its end, as far as the server has both. */
function bothForms({ options }: HostedState, route: string, handler: Handler): Routes {
  const [method = '', name = ''] = route.split(' ');
  const [bare, slashed] = [`${method} ${API}/${name}`, `${method} ${API}/${name}/`];
  const { slashes = 'both', redirects } = options;
  if (slashes === 'both') return { [bare]: handler, [slashed]: handler };
  const leads: Handler = ({ path, query }) => {
    const to = slashes === 'with' ? `${path}/` : path.replace(/\/$/, '');
    return { status: redirects ?? 404, headers: { location: query.size > 0 ? `${to}?${query}` : to } };
  };
  const other = redirects === undefined ? {} : { [slashes === 'with' ? bare : slashed]: leads };
  return { [slashes === 'with' ? slashed : bare]: handler, ...other };
}

/** The token and the team are looked at before anything else. */
function guarded(state: HostedState, call: Call): Handler {
  return (asked) => {
    const { headers, body, query } = asked;
    if (!state.access.has(bearerOf(headers['authorization'])))
      return refused(state, { status: 401, code: 'unauthorized', message: 'The token is not valid.' });
    const teams = state.person.teams.flatMap(({ id, slug }) => [id, slug]);
    if (!teams.includes(headers['x-team-slug']))
      return refused(state, { status: 403, code: 'no_installation', message: 'There is no such team.' });
    const given = isRecord(body) ? body : {};
    const provider = given['provider'] ?? query.get('provider');
    if (provider !== undefined && provider !== null && provider !== state.provider)
      return refused(state, {
        status: 422,
        code: 'missing_installation',
        message: `${provider} is not installed.`,
        userAction: true,
      });
    const reference = given['binding_ref'] ?? query.get('binding_ref');
    if (typeof reference === 'string' && !state.bindings.has(reference) && !asked.path.includes('bind-'))
      return refused(state, { status: 404, code: 'binding_not_found', message: 'There is no such binding.' });
    return call(asked, given);
  };
}

/** The same key a second time is answered what the first one was. */
function once(state: HostedState, { headers }: Asked, act: () => Answer): Answer {
  const key = headers['idempotency-key'] ?? '';
  if (key.length < 16 || key.length > 128)
    return refused(state, { status: 422, code: 'idempotency_key_required', message: 'Idempotency-Key is missing.' });
  const before = state.done.get(key);
  if (before) return { ...before, headers: { 'idempotency-replayed': 'true' } };
  const answer = state.options.later === undefined ? acted(state, act) : accepted(state, state.options.later, act);
  if ((answer.status ?? 200) < 400)
    state.done.set(key, { status: answer.status ?? 200, json: isRecord(answer.json) ? answer.json : {} });
  return answer;
}

function acted(state: HostedState, act: () => Answer): Answer {
  const answer = act();
  if ((answer.status ?? 200) < 400) state.effects += 1;
  return answer;
}

function accepted(state: HostedState, left: number, act: () => Answer): Answer {
  const id = randomUUID();
  state.operations.set(id, { id, left, result: () => acted(state, act).json as Record<string, unknown> });
  return { status: 202, json: { operation_id: id, status: 'pending' } };
}

function operationOf(state: HostedState, id: string): Answer {
  const operation = state.operations.get(id);
  if (!operation)
    return refused(state, { status: 404, code: 'operation_not_found', message: 'There is no such operation.' });
  if (operation.left > 0) {
    operation.left -= 1;
    return { json: { operation_id: id, status: 'running', result: null, error: null } };
  }
  operation.answer ??= operation.result();
  const { answer } = operation;
  // what was refused while it was done
  if ('error_code' in answer || 'code' in answer)
    return { json: { operation_id: id, status: 'failed', result: null, error: answer } };
  return { json: { operation_id: id, status: 'completed', result: answer, error: null } };
}

const IDENTITY = { type: 'installation', installation_id: 'inst-1', user_link_id: null, provider_account_id: 'acc-1' };

function envelope(state: HostedState, { total, failed = 0 }: { readonly total: number; readonly failed?: number }) {
  return {
    status: failed === 0 ? 'ok' : failed === total ? 'error' : 'partial',
    summary: { total, succeeded: total - failed, failed, skipped: 0 },
    identity_path: { ...IDENTITY, provider: state.provider },
    doctrine: null,
  };
}

function all({ issues }: HostedState): HostedIssue[] {
  return [...issues.values()];
}

function limitOf(body: Body): number {
  return typeof body['limit'] === 'number' ? body['limit'] : 100;
}

function pulled(state: HostedState, body: Body): Answer {
  const limit = limitOf(body);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    return refused(state, { status: 422, code: 'validation_error', message: 'limit has to be from 1 to 10000.' });
  if (body['binding_ref'] === undefined && body['project_slug'] === undefined)
    return refused(state, { status: 422, code: 'missing_routing_key', message: 'A binding or a project is needed.' });
  const filters = isRecord(body['filters']) ? body['filters'] : {};
  const since = Date.parse(String(filters['updated_since'] ?? '1970-01-01'));
  const among = (name: string, word: string) => !Array.isArray(filters[name]) || filters[name].includes(word);
  const matching = all(state).filter(
    ({ updated_at, status, issue_type }) =>
      Date.parse(updated_at) >= since && among('status', status) && among('issue_type', issue_type),
  );
  const from = Number(body['cursor'] ?? 0);
  const items = matching.slice(from, from + limit);
  const next = from + limit < matching.length ? String(from + limit) : null;
  return {
    json: {
      ...envelope(state, { total: items.length }),
      items,
      item_errors: null,
      has_more: next !== null,
      next_cursor: next,
    },
  };
}

function pushed(state: HostedState, body: Body): Answer {
  const items = body['items'];
  if (!Array.isArray(items) || items.length === 0)
    return refused(state, { status: 422, code: 'validation_error', message: 'items is empty.' });
  const done = items.map((item) => pushedItem(state, isRecord(item) ? item : {}));
  const failed = done.filter(({ outcome }) => outcome === 'failed');
  const errors = failed.map(({ ref, message }) => ({ ref, message }));
  const whole = envelope(state, { total: done.length, failed: failed.length });
  return { json: { ...whole, items: done, item_errors: errors.length > 0 ? errors : null } };
}

function pushedItem(state: HostedState, item: Body) {
  const { action, patch, target_status: target } = item;
  const ref = isRecord(item['ref']) ? item['ref'] : {};
  const fields = isRecord(patch) ? patch : {};
  const told = { ref, action: String(action) };
  const failure = (message: string) => ({ ...told, outcome: 'failed', remote_ref: null, version: null, message });
  if (['system', 'id', 'workspace'].some((name) => !ref[name])) return failure('The reference is not whole.');
  const wrong = faultIn(state, fields, target);
  if (wrong !== undefined) return failure(wrong);
  if (action === 'create') {
    if (typeof fields['title'] !== 'string' || fields['title'] === '') return failure('A title is needed.');
    const created = newIssue(state, { title: fields['title'] });
    patched(state, created, fields, target);
    created.updated_at = created.created_at;
    return { ...told, outcome: 'created', remote_ref: created.ref, version: created.updated_at, message: null };
  }
  const known = all(state).find((each) => each.ref.id === ref['id'] || each.ref.key === ref['key']);
  if (!known) return failure('There is no such issue.');
  if (action === 'delete') state.issues.delete(known.ref.key);
  else if (action === 'update') patched(state, known, fields, target);
  else return failure(`${String(action)} is no action.`);
  return { ...told, outcome: `${action}d`, remote_ref: known.ref, version: known.updated_at, message: null };
}

const STATUSES = ['todo', 'in_progress', 'in_review', 'blocked', 'done', 'canceled'];
const TYPES = ['epic', 'story', 'task', 'bug', 'chore', 'subtask'];
const FIELDS = [
  'title',
  'body',
  'issue_type',
  'priority',
  'assignees',
  'labels',
  'parent_ref',
  'links',
  'custom_fields',
];

function faultIn(state: HostedState, fields: Body, target: unknown): string | undefined {
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) return `${unknown} is no field.`;
  if (target !== undefined && !STATUSES.includes(String(target))) return `${String(target)} is no status.`;
  if (fields['issue_type'] !== undefined && !TYPES.includes(String(fields['issue_type'])))
    return 'There is no such type.';
  const parent = fields['parent_ref'];
  if (isRecord(parent) && !state.issues.has(String(parent['key'] ?? parent['id']))) return 'There is no such parent.';
  return undefined;
}

function patched(state: HostedState, issue: HostedIssue, fields: Body, target: unknown): void {
  const before = JSON.stringify(issue);
  Object.assign(issue, fields);
  if (typeof target === 'string') issue.status = target;
  if (JSON.stringify(issue) !== before) issue.updated_at = new Date(state.time()).toISOString();
}

function ran(state: HostedState, body: Body): Answer {
  const pull = pulled(state, body);
  if ((pull.status ?? 200) >= 400) return pull;
  const total = Math.min(state.issues.size, limitOf(body));
  return {
    json: { ...envelope(state, { total }), pull: pull.json, push: { ...envelope(state, { total: 0 }), items: [] } },
  };
}

function statusOf(state: HostedState, query: URLSearchParams): Answer {
  const isOfOne = query.has('binding_ref') || query.has('project_slug');
  const told = { provider: state.provider, identity_path: { ...IDENTITY, provider: state.provider } };
  if (isOfOne) return { json: { ...told, configured: true, connected: true, sync_state: 'idle' } };
  return {
    json: { ...told, configured: true, connected: true, bindings: [...state.bindings.values()], resource_count: 1 },
  };
}

function ticketOf(issue: HostedIssue) {
  const { ref, title, body, status, assignees, created_at, updated_at } = issue;
  const [who] = assignees;
  return {
    ...{ identifier: ref.key, external_issue_id: ref.id, external_issue_key: ref.key, title, url: ref.url },
    ...{ state: { name: status }, status, team: null, assignee: who === undefined ? null : { id: who, name: who } },
    ...{ created_at, updated_at, body: body ?? '' },
  };
}

function found(state: HostedState, body: Body): Answer {
  const [key, text] = [body['query_key'], String(body['query_text'] ?? '').toLowerCase()];
  const exact = all(state).filter(({ ref }) => ref.key === key);
  const others = all(state).filter(({ ref, title }) => ref.key !== key && title.toLowerCase().includes(text));
  const candidates = [
    ...exact.map((issue) => ({ ...ticketOf(issue), match_type: 'exact' })),
    ...others.map((issue) => ({ ...ticketOf(issue), match_type: 'text' })),
  ];
  return {
    json: { candidates: candidates.slice(0, limitOf(body)), resource_type: 'jira_project', resource_id: 'OWL' },
  };
}

function confirmed(state: HostedState, body: Body): Answer {
  if (body['candidate_token'] !== 'cand-1')
    return refused(state, { status: 400, code: 'invalid_candidate_token', message: 'This choice is too old.' });
  state.bindings.set('bind-1', bindingOf(state, 'bind-1'));
  return { json: bindingOf(state, 'bind-1') };
}

function validated(state: HostedState, body: Body): Answer {
  const reference = String(body['binding_ref']);
  const known = state.bindings.get(reference);
  if (known) return { json: { valid: true, ...known } };
  return { json: { valid: false, binding_ref: reference, reason: 'mapping_deleted', guidance: 'Please bind again.' } };
}
