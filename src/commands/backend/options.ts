/** What the verbs of `pace backend` take and give. */
import { z } from 'zod';
import { BACKENDS, CHANGES, DETECTIONS, TESTS } from '../../tracker/print/backend-shapes.ts';
import { configured } from '../common-options.ts';
import { type Definition, flag, type OptionsOf, texts, word } from '../definition.ts';

/** Which of the two files. */
const placed = configured.extend({
  user: flag('in your own file, for all projects'),
  project: flag('in the configuration of this project'),
});
const optional = (about: string) => z.string().meta({ description: about, word: true }).optional();
const changes = { fields: Object.keys(CHANGES.fields), exits: 'tracker', answer: 'one', writes: true } as const;

export const backend = {
  list: {
    about: 'list the backends, and the tracker of the gate',
    options: configured,
    answer: 'list',
    fields: Object.keys(BACKENDS.fields),
    exits: 'tracker',
    writes: false,
  },
  add: {
    ...changes,
    about: 'add a backend; asks for what is missing, at a terminal',
    options: placed.extend({
      name: word('its name from now on'),
      platform: optional('github, gitlab, jira, local, …'),
      set: texts('key=value', 'a setting of the platform; secrets stay in the environment'),
    }),
  },
  remove: {
    ...changes,
    about: 'take a backend out of its file',
    options: placed.extend({ name: word('the backend') }),
  },
  'set-default': {
    ...changes,
    about: 'use this backend where none is named',
    options: placed.extend({ name: word('the backend') }),
  },
  test: {
    about: 'see whether a backend answers, and what it can do; writes nothing',
    options: configured.extend({ name: optional('else the one that is used by default') }),
    answer: 'list',
    fields: Object.keys(TESTS.fields),
    exits: 'tracker',
    writes: false,
  },
  detect: {
    about: 'say which tracker is used when none is named, and why',
    options: configured,
    answer: 'one',
    fields: Object.keys(DETECTIONS.fields),
    exits: 'tracker',
    writes: false,
  },
} as const satisfies Record<string, Definition>;

type Verbs = typeof backend;
export type BackendList = OptionsOf<Verbs['list']>;
export type BackendAdd = OptionsOf<Verbs['add']>;
export type BackendRemove = OptionsOf<Verbs['remove']>;
export type BackendSetDefault = OptionsOf<Verbs['set-default']>;
export type BackendTest = OptionsOf<Verbs['test']>;
export type BackendDetect = OptionsOf<Verbs['detect']>;
