/** Where a gate keeps what it knows, below `.pace`: the same key as that of its issues. Pure. */
import { digest } from './digest.ts';
import { ONLY_GATE } from './owner.ts';

/** Where a gate keeps its days on a branch, below `.pace`; `''` for the usual gate on the default branch. */
export function stateFolder({ gate, branch }: { readonly gate: string; readonly branch: string }): string {
  const parts = [gateFolder(gate), branch === '' ? '' : `branches/${safePath(branch)}`];
  return parts.filter((part) => part !== '').join('/');
}

/** The same without the branch: what is true of the gate on all of them. */
export function gateFolder(gate: string): string {
  return gate === ONLY_GATE ? '' : `gates/${safePath(gate)}`;
}

function safePath(name: string): string {
  return name.split('/').map(safeSegment).join('/');
}

/** Names that mean something below `.pace`, or to Windows. */
const TAKEN = /^(?:day-\d+|change-.*|branches|gates|sprints|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$/;

/** Only what every file system takes, and different for different names, also where upper and lower case are the same. */
function safeSegment(name: string): string {
  if (/^[a-z0-9_@+=-][a-z0-9_@+=.-]{0,99}$/.test(name) && !name.endsWith('.') && !TAKEN.test(name)) return name;
  return `${name.replace(/[^\w@+=-]+/g, '_').slice(0, 60)}~${digest(name).slice(0, 8)}`;
}
