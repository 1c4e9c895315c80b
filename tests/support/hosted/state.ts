/** What a hosted tracker keeps: people with tokens, bindings, issues, operations, and what it did under which key. */
import { randomUUID } from 'node:crypto';

export interface HostedOptions {
  /** Which spelling errors have: the first one, or the one after it. */
  readonly spelling?: 'old' | 'new';
  /** Which paths there are; the others are not found, or lead to these by a redirect. */
  readonly slashes?: 'both' | 'with' | 'without';
  /** What the other form of a path is answered: a redirect of this status, else 404. */
  readonly redirects?: 301 | 302 | 307 | 308;
  /** Writes are answered 202, and are done when they are asked for so many times. */
  readonly later?: number;
  readonly provider?: string;
  /** Everybody who asks for a code has confirmed it at once, and nobody waits. */
  readonly confirms?: boolean;
}

/** An issue as the contract tells it. */
export interface HostedIssue {
  readonly ref: { system: string; id: string; workspace: string; key: string; url: string };
  title: string;
  body: string | null;
  status: string;
  issue_type: string;
  priority: number;
  assignees: string[];
  labels: string[];
  parent_ref: unknown;
  links: { type: string; target: unknown }[];
  custom_fields: Record<string, unknown>;
  created_at: string;
  updated_at: string;
  provider_metadata: Record<string, unknown>;
}

export interface Operation {
  readonly id: string;
  left: number;
  readonly result: () => Record<string, unknown>;
  answer?: Record<string, unknown>;
}

export interface HostedState {
  readonly options: HostedOptions;
  readonly provider: string;
  readonly workspace: string;
  readonly person: { readonly email: string; readonly password: string; readonly teams: Record<string, unknown>[] };
  /** Tokens that are taken. */
  readonly access: Set<string>;
  readonly refresh: Set<string>;
  /** Codes that wait for a person, and whether one has said yes. */
  readonly devices: Map<string, { readonly userCode: string; confirmed: boolean }>;
  readonly bindings: Map<string, Record<string, unknown>>;
  readonly issues: Map<string, HostedIssue>;
  readonly mappings: Record<string, unknown>[];
  readonly operations: Map<string, Operation>;
  /** Key → the status and the answer that the first one with it had. */
  readonly done: Map<string, { readonly status: number; readonly json: Record<string, unknown> }>;
  /** How often something was really done. */
  effects: number;
  origin: string;
  /** Milliseconds since 1970; goes on by itself, so that no two moments are the same. */
  time(): number;
  newTokens(): { access: string; refresh: string };
}

export function newHosted(options: HostedOptions = {}): HostedState {
  let now = Date.parse('2026-03-02T09:00:00Z');
  const provider = options.provider ?? 'jira';
  const state: HostedState = {
    ...{ options, provider, workspace: 'OWL' },
    person: {
      ...{ email: 'ann@example.test', password: 'correct horse' },
      teams: [
        { id: 'team-private', slug: 'ann', name: 'Ann', role: 'owner', is_private_teamspace: true },
        { id: 'team-owls', slug: 'owls', name: 'Owls', role: 'member', is_private_teamspace: false },
      ],
    },
    access: new Set(),
    refresh: new Set(),
    devices: new Map(),
    bindings: new Map(),
    issues: new Map(),
    mappings: [],
    operations: new Map(),
    done: new Map(),
    effects: 0,
    origin: '',
    time: () => {
      now += 1000;
      return now;
    },
    newTokens: () => {
      const tokens = { access: `at-${randomUUID()}`, refresh: `rt-${randomUUID()}` };
      state.access.add(tokens.access);
      state.refresh.add(tokens.refresh);
      return tokens;
    },
  };
  state.bindings.set('bind-1', bindingOf(state, 'bind-1'));
  return state;
}

export function bindingOf({ provider }: Pick<HostedState, 'provider'>, reference: string): Record<string, unknown> {
  return {
    ...{ binding_ref: reference, display_label: 'OWL project', provider, project_slug: 'owl' },
    provider_context: { project_key: 'OWL' },
    bound_at: '2026-03-02T09:00:00Z',
  };
}

export function newIssue(state: HostedState, patch: Partial<HostedIssue> & { readonly title: string }): HostedIssue {
  const number = state.issues.size + 1;
  const key = `${state.workspace}-${number}`;
  const at = new Date(state.time()).toISOString();
  const url = `https://${state.provider}.example.test/browse/${key}`;
  const issue: HostedIssue = {
    ref: { system: state.provider, id: String(10_000 + number), workspace: state.workspace, key, url },
    ...{ body: null, status: 'todo', issue_type: 'task', priority: 0, assignees: [], labels: [], parent_ref: null },
    ...{ links: [], custom_fields: {}, created_at: at, updated_at: at, provider_metadata: {} },
    ...patch,
  };
  state.issues.set(key, issue);
  return issue;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly userAction?: boolean;
  readonly retryAfter?: number;
  readonly key?: string | undefined;
  readonly hasNoEffect?: boolean;
}

/** The envelope of errors in the spelling that the server has. */
export function refused(
  state: HostedState,
  { status, code, message, userAction = false, retryAfter, key, hasNoEffect = true }: Refusal,
) {
  const words = {
    message,
    retryable: status === 429 || status >= 500,
    user_action_required: userAction,
    source: 'saas',
  };
  const wait = { retry_after_seconds: retryAfter ?? null };
  if (state.options.spelling === 'old')
    return { status, json: { code, category: 'request', http_status: status, ...words, ...wait, details: null } };
  const certainty = hasNoEffect ? { effect_certainty: 'no_effect' } : {};
  const echoed = key === undefined ? {} : { idempotency_key: key };
  return { status, json: { error_code: code, error_category: code, ...words, ...wait, ...certainty, ...echoed } };
}
