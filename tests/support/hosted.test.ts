/**
 * The server answers what Spec Kitty's own command line (3.2.7) sent when it was recorded, reduced to one of each kind, with the members
 * that it reads of each answer.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRecord } from '../../core/record.ts';
import recorded from './hosted/recorded.json' with { type: 'json' };
import { type HostedServer, newIssue, startHosted } from './hosted.ts';

interface Recorded {
  readonly step: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly token?: boolean;
  readonly team?: string;
  readonly key?: boolean;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Absent where something between the two had answered. */
  readonly answered?: number;
}

const WORD = expect.any(String);
const COUNTS = {
  total: expect.any(Number),
  succeeded: expect.any(Number),
  failed: expect.any(Number),
  skipped: expect.any(Number),
};
const ENVELOPE = { status: WORD, summary: COUNTS, identity_path: { provider: 'jira', type: WORD } };
const TOKENS = { access_token: WORD, refresh_token: WORD, expires_in: expect.any(Number), session_id: WORD };
const TICKET = { identifier: 'OWL-12', external_issue_id: '10001', title: WORD, url: WORD, state: { name: WORD } };

/** Without it that client goes no further. By path, without a slash at its end. */
const READ: Readonly<Record<string, unknown>> = {
  '/oauth/device': { device_code: WORD, user_code: WORD, verification_uri: WORD, interval: expect.any(Number) },
  '/api/v1/me': {
    user_id: 'ann@example.test',
    email: 'ann@example.test',
    teams: [
      { id: WORD, name: WORD, role: WORD },
      { id: WORD, name: WORD, role: WORD },
    ],
  },
  '/api/v1/tracker/resources': { resources: [{ candidate_token: WORD, display_label: WORD, provider: 'jira' }] },
  '/api/v1/tracker/bind-resolve': {
    match_type: 'candidates',
    candidates: [
      { candidate_token: WORD, display_label: WORD, confidence: WORD, match_reason: WORD, sort_position: 0 },
    ],
  },
  '/api/v1/tracker/bind-confirm': {
    binding_ref: WORD,
    display_label: WORD,
    provider: 'jira',
    bound_at: WORD,
    project_slug: WORD,
  },
  '/api/v1/tracker/bind-validate': { valid: true, binding_ref: 'bind-1' },
  '/api/v1/tracker/status': { configured: true, provider: 'jira', identity_path: { type: WORD } },
  '/api/v1/tracker/mappings': { mappings: [] },
  '/api/v1/tracker/pull': { ...ENVELOPE, has_more: false },
  '/api/v1/tracker/push': ENVELOPE,
  '/api/v1/tracker/run': ENVELOPE,
  '/api/v1/tracker/list-tickets': { tickets: [TICKET] },
  '/api/v1/tracker/issue-search': { candidates: [TICKET] },
  '/api/v1/tracker/mission-origin/bind': { external_issue_key: 'OWL-12' },
  '/oauth/revoke': { revoked: true },
};

/** Beside the tracker: that client goes on where it is told that there is no such thing. */
const NOT_TRACKER = ['/api/v1/ws-token', '/api/dossier/push-content'];

let server: HostedServer;
let tokens: { access: string; refresh: string };

beforeAll(async () => {
  server = await startHosted();
  const at = '2026-03-02T09:00:00.000Z';
  const ref = {
    system: 'jira',
    id: '10001',
    workspace: 'OWL',
    key: 'OWL-12',
    url: 'https://jira.example.test/browse/OWL-12',
  };
  newIssue(server.state, { title: 'Note a call', ref, created_at: at, updated_at: at });
  server.state.issues.set(
    'OWL-12',
    server.state.issues.get('OWL-1') ?? newIssue(server.state, { title: 'Note a call', ref }),
  );
  server.state.issues.delete('OWL-1');
  tokens = server.state.newTokens();
});
afterAll(() => server.close());

let deviceCode = '';

function bodyOf({ body, type = '' }: Recorded): string | undefined {
  if (body === undefined) return undefined;
  const values: Readonly<Record<string, string>> = {
    $device_code: deviceCode,
    $refresh_token: tokens.refresh,
    $token: tokens.refresh,
  };
  const filled = Object.entries(body).map(([name, value]) => [name, values[String(value)] ?? value] as const);
  if (type.includes('json')) return JSON.stringify(Object.fromEntries(filled));
  return new URLSearchParams(Object.fromEntries(filled.map(([name, value]) => [name, String(value)]))).toString();
}

async function sent(request: Recorded, path: string) {
  const { method, query = {}, type, token, team, key } = request;
  const body = bodyOf(request);
  const response = await fetch(`${server.origin}${path}?${new URLSearchParams(query)}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(type ? { 'content-type': type } : {}),
      ...(token ? { authorization: `Bearer ${tokens.access}` } : {}),
      ...(team ? { 'x-team-slug': team } : {}),
      ...(key
        ? { 'idempotency-key': `logical-operation:write:${crypto.randomUUID().replaceAll('-', '').repeat(2)}` }
        : {}),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const json: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, json: isRecord(json) ? json : {} };
}

describe('what Spec Kitty’s own client sent is answered', () => {
  const requests: readonly Recorded[] = recorded;
  const ofTracker = requests.filter(({ path }) => !path.includes('$operation'));

  test('and is one of each kind', () => {
    expect(requests.length).toBeGreaterThan(20);
    const known = ['/', '/oauth/token', ...Object.keys(READ), ...NOT_TRACKER];
    expect(ofTracker.filter(({ path }) => !known.includes(path.replace(/(?<=.)\/$/, '')))).toEqual([]);
  });

  test.each(
    ofTracker.map((each, index) => ({ ...each, name: `${index + 1} ${each.step}: ${each.method} ${each.path}` })),
  )('$name', async (request) => {
    const { path, answered } = request;
    const bare = path.replace(/(?<=.)\/$/, '');
    // the person has confirmed by the second time
    if (path === '/oauth/token' && answered === 200) server.confirmDevices();
    const { status, json } = await sent(request, path);
    if (NOT_TRACKER.includes(bare)) return expect(status).toBe(404);
    expect(status).toBe(answered === 400 ? 400 : 200);
    if (answered === 400) return expect(json).toEqual({ error: 'authorization_pending' });
    if (typeof json['device_code'] === 'string') deviceCode = json['device_code'];
    if (path === '/oauth/token') {
      tokens = { access: String(json['access_token']), refresh: String(json['refresh_token']) };
      return expect(json).toMatchObject(TOKENS);
    }
    expect(json).toMatchObject(READ[bare] ?? {});
    // both forms of a path are answered, and neither by a redirect
    const { path: _, ...again } = request;
    if (bare.startsWith('/api/v1/tracker/')) expect((await sent({ ...again, path: bare }, bare)).status).toBe(200);
  });

  test('an operation that is done later has an object as its result', async () => {
    const later = await startHosted({ later: 1 });
    newIssue(later.state, { title: 'Note a call' });
    const { access } = later.state.newTokens();
    const headers = {
      authorization: `Bearer ${access}`,
      'x-team-slug': 'team-owls',
      'content-type': 'application/json',
    };
    const push = requests.find(({ step }) => step === 'push-202');
    const first = await fetch(`${later.origin}/api/v1/tracker/push/`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': `logical-operation:write:${'0'.repeat(64)}` },
      body: JSON.stringify(push?.body),
    });
    expect(first.status).toBe(202);
    const { operation_id: id } = (await first.json()) as { operation_id: string };
    const polled = async () => (await fetch(`${later.origin}/api/v1/tracker/operations/${id}/`, { headers })).json();
    expect(await polled()).toMatchObject({ operation_id: id, status: 'running' });
    expect(await polled()).toMatchObject({ operation_id: id, status: 'completed', result: ENVELOPE });
    await later.close();
  });
});
