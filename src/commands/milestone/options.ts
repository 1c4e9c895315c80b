/** What the verbs of `pace milestone` take and give. */
import { MILESTONE_FIELDS } from '../../tracker/print/fields.ts';
import { onTracker, writing } from '../common-options.ts';
import { type Definition, type OptionsOf, oneOf, text, word } from '../definition.ts';

const shared = { fields: Object.keys(MILESTONE_FIELDS), exits: 'tracker' } as const;
const milestone = word('its title');
const description = text('text', 'what it is about');
const due = text('day', 'as 2026-11-30');

export const milestones = {
  list: {
    ...shared,
    about: 'list the milestones',
    options: onTracker.extend({
      state: oneOf('state', ['open', 'closed', 'all'], 'which ones', { short: 's', default: 'all' }),
    }),
    answer: 'list',
    writes: false,
  },
  create: {
    ...shared,
    about: 'create a milestone',
    options: writing.extend({ milestone, description, due }),
    answer: 'one',
    writes: true,
  },
  edit: {
    ...shared,
    about: 'change a milestone',
    options: writing.extend({
      milestone,
      title: text('title', 'a new title'),
      description,
      due,
      state: oneOf('state', ['open', 'closed'], 'open or closed', { short: 's' }),
    }),
    answer: 'one',
    writes: true,
  },
  close: {
    ...shared,
    about: 'close a milestone',
    options: writing.extend({ milestone }),
    answer: 'one',
    writes: true,
  },
  delete: {
    ...shared,
    about: 'delete a milestone; its issues stay',
    options: writing.extend({ milestone }),
    answer: 'one',
    writes: true,
  },
} as const satisfies Record<string, Definition>;

type Verbs = typeof milestones;
export type MilestoneList = OptionsOf<Verbs['list']>;
export type MilestoneCreate = OptionsOf<Verbs['create']>;
export type MilestoneEdit = OptionsOf<Verbs['edit']>;
export type MilestoneClose = OptionsOf<Verbs['close']>;
export type MilestoneDelete = OptionsOf<Verbs['delete']>;
