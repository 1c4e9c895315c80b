/** What the verbs of `pace label` take and give. */
import { LABEL_FIELDS } from '../../tracker/print/fields.ts';
import { onTracker, writing } from '../common-options.ts';
import { type Definition, type OptionsOf, text, word } from '../definition.ts';

const shared = { fields: Object.keys(LABEL_FIELDS), exits: 'tracker' } as const;
const color = text('rrggbb', 'six hexadecimal digits');
const description = text('text', 'what it is for');

export const label = {
  list: { ...shared, about: 'list the labels', options: onTracker, answer: 'list', writes: false },
  create: {
    ...shared,
    about: 'create a label',
    options: writing.extend({ label: word('its name'), color, description }),
    answer: 'one',
    writes: true,
  },
  edit: {
    ...shared,
    about: 'change a label',
    options: writing.extend({ label: word('its name'), name: text('name', 'a new name'), color, description }),
    answer: 'one',
    writes: true,
  },
  delete: {
    ...shared,
    about: 'delete a label, on all issues',
    options: writing.extend({ label: word('its name') }),
    answer: 'one',
    writes: true,
  },
} as const satisfies Record<string, Definition>;

export type LabelList = OptionsOf<(typeof label)['list']>;
export type LabelCreate = OptionsOf<(typeof label)['create']>;
export type LabelEdit = OptionsOf<(typeof label)['edit']>;
export type LabelDelete = OptionsOf<(typeof label)['delete']>;
