/** Every verb with its definition, in the order of the help. For what checks input or makes data of it: this loads zod. */
import { agent } from './agent/options.ts';
import { backend } from './backend/options.ts';
import { type Definition, described } from './definition.ts';
import type { CompactDescription } from './description.ts';
import { epic } from './epic/options.ts';
import { evidence, readAlone } from './evidence/options.ts';
import { issue } from './issue/options.ts';
import { label } from './label/options.ts';
import { mcp } from './mcp/options.ts';
import { milestones } from './milestone/options.ts';
import { alone, making, ofProgram } from './options.ts';
import { sprint } from './sprint/options.ts';
import { sync, workPackage } from './sync/options.ts';
import { tracker } from './tracker/options.ts';
import { user } from './user/options.ts';

/** By all words of the command line: `issue list`. */
export const catalogue: ReadonlyMap<string, Definition> = new Map([
  ...verbs(alone),
  ...verbs({ evidence: readAlone }),
  ...verbs(evidence, 'evidence '),
  ...verbs(issue, 'issue '),
  ...verbs(label, 'label '),
  ...verbs(milestones, 'milestone '),
  ...verbs(backend, 'backend '),
  ...verbs({ sync: workPackage }),
  ...verbs(sync, 'sync '),
  ...verbs(tracker, 'tracker '),
  ...verbs(sprint, 'sprint '),
  ...verbs(user, 'user '),
  ...verbs(agent, 'agent '),
  ...verbs(epic),
  ...verbs(making),
  ...verbs(mcp),
  ...verbs(ofProgram),
]);

function verbs(definitions: Readonly<Record<string, Definition>>, group = ''): [string, Definition][] {
  return Object.entries(definitions).map(([verb, definition]) => [`${group}${verb}`, definition]);
}

/** All of it as data. */
export function descriptions(): CompactDescription[] {
  return [...catalogue].map(([name, definition]) => described(name, definition));
}
