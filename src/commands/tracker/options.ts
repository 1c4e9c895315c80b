/** What the verbs of `pace tracker` take and give: the words of Spec Kitty’s own command line. */
import { z } from 'zod';
import { OWNERSHIP_MODES } from '../../../core/hosted/binding.ts';
import { HOSTED_PROVIDERS, LOCAL_PROVIDERS } from '../../../core/hosted/providers.ts';
import { type Definition, flag, type OptionsOf, oneOf, text, texts } from '../definition.ts';

const PROVIDERS = [...HOSTED_PROVIDERS, ...LOCAL_PROVIDERS];
const words = { answer: 'text', exits: 'facade' } as const;
const data = { answer: 'report', exits: 'facade' } as const;

const provider = text('name', `one of ${PROVIDERS.join(', ')}`, { proposed: PROVIDERS });
const limit = (most: number, usual: number) =>
  text('n', `how many at most, from 1 to ${most}`, { default: String(usual) });
const SYNC = { limit: limit(10_000, 100) };
const ENVELOPE = ['status', 'summary', 'identity_path', 'has_more', 'next_cursor', 'pending_binding_upgrade'];

export const tracker = {
  providers: {
    about: 'list the providers, and which way leads to them',
    options: z.object({}),
    ...data,
    fields: ['local', 'saas'],
    writes: false,
  },
  login: {
    about: 'log in at a hosted tracker, with a code in the browser or with a name and a password',
    options: z.object({
      server: text('url', 'its address; else the one in use'),
      team: text('team', 'id, slug or name of the team, where you are in several'),
      username: text('name', 'log in with a password, which is read from standard input'),
    }),
    ...words,
    writes: true,
  },
  logout: { about: 'log out at the hosted tracker', options: z.object({}), ...words, writes: true },
  discover: {
    about: 'list what this project could be bound to at the hosted tracker',
    options: z.object({ provider }),
    ...data,
    fields: ['resources'],
    writes: false,
  },
  bind: {
    about: 'bind this project to a tracker: through the hosted service, or through a program on this machine',
    options: z.object({
      provider,
      bindRef: text('ref', 'hosted: this binding of the service'),
      projectSlug: text('slug', 'hosted: what the service calls the project; nothing is asked of it'),
      select: text('n', 'hosted: this one of those that fit, from 1'),
      workspace: text('name', 'beads and fp: what the workspace is called'),
      ownershipMode: oneOf(
        'mode',
        OWNERSHIP_MODES,
        `whose values count; else as it was, at first ${OWNERSHIP_MODES[0]}`,
      ),
      doctrineMode: text('mode', 'the old word for --ownership-mode'),
      fieldOwner: texts('field=owner', 'with split_ownership: external, local or shared'),
      credential: texts('key=value', 'beads and fp: `command`, the program, or `cwd`, its folder'),
    }),
    ...words,
    writes: true,
  },
  unbind: { about: 'take the binding of this project away', options: z.object({}), ...words, writes: true },
  status: {
    about: 'show what this project is bound to',
    options: z.object({ all: flag('of the whole installation of the hosted tracker') }),
    ...data,
    fields: ['configured', 'provider', 'identity_path', 'sync_state', 'workspace', 'issue_count', 'mapping_count'],
    writes: false,
  },
  'map add': {
    about: 'beads and fp: say which issue stands for a work package',
    options: z.object({
      wpId: text('id', 'the work package, such as WP01'),
      externalId: text('id', 'the issue'),
      externalKey: text('key', 'what people call it'),
      externalUrl: text('url', 'its address'),
    }),
    ...words,
    writes: true,
  },
  'map list': {
    about: 'list which issues stand for work packages',
    options: z.object({ provider: text('name', 'of this provider') }),
    ...data,
    fields: ['mappings', 'pending_binding_upgrade'],
    writes: false,
  },
  'list-tickets': {
    about: 'list tickets of the tracker behind the hosted service',
    options: z.object({ provider, limit: limit(100, 20) }),
    ...data,
    fields: ['tickets'],
    writes: false,
  },
  'issue-search': {
    about: 'search tickets of the tracker behind the hosted service, by key or by words',
    options: z.object({ provider, query: text('text', 'a key such as OWL-12, or words'), limit: limit(100, 20) }),
    ...data,
    fields: ['candidates'],
    writes: false,
  },
  'sync pull': {
    about: 'bring issues from the tracker',
    options: z.object(SYNC),
    ...data,
    fields: [...ENVELOPE, 'items'],
    writes: true,
  },
  'sync push': {
    about: 'bring changes into the tracker',
    options: z.object(SYNC),
    commandLine: z.object({ itemsJson: text('file', 'hosted: a JSON array of changes; - is standard input') }),
    ...data,
    fields: [...ENVELOPE, 'items', 'idempotency_replayed'],
    writes: true,
  },
  'sync run': {
    about: 'both: pull, then push',
    options: z.object(SYNC),
    ...data,
    fields: [...ENVELOPE, 'pull', 'push', 'idempotency_replayed'],
    writes: true,
  },
  'sync publish': {
    about: 'refused: snapshots are published no more',
    options: z.object({}),
    ...data,
    writes: false,
  },
} as const satisfies Record<string, Definition>;

type Verbs = typeof tracker;
export type TrackerLogin = OptionsOf<Verbs['login']>;
export type TrackerDiscover = OptionsOf<Verbs['discover']>;
export type TrackerBind = OptionsOf<Verbs['bind']>;
export type TrackerStatus = OptionsOf<Verbs['status']>;
export type TrackerMapAdd = OptionsOf<Verbs['map add']>;
export type TrackerMapList = OptionsOf<Verbs['map list']>;
export type TrackerTickets = OptionsOf<Verbs['list-tickets']>;
export type TrackerSearch = OptionsOf<Verbs['issue-search']>;
export type TrackerSync = OptionsOf<Verbs['sync pull']>;
