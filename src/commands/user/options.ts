/** What the verbs of `pace user` take and give. */
import { PERSON_FIELDS } from '../../tracker/print/fields.ts';
import { onTracker } from '../common-options.ts';
import type { Definition, OptionsOf } from '../definition.ts';

const shared = { fields: Object.keys(PERSON_FIELDS), exits: 'tracker', options: onTracker, writes: false } as const;

export const user = {
  list: { ...shared, about: 'list the people who can be assigned an issue', answer: 'list' },
  me: { ...shared, about: 'show whose token it is', answer: 'one' },
} as const satisfies Record<string, Definition>;

export type UserList = OptionsOf<(typeof user)['list']>;
export type UserMe = OptionsOf<(typeof user)['me']>;
