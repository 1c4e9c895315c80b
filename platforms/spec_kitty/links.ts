/** Dependencies: each stands in the file of the work package that waits. Pure. */
import type { Change, Stamp } from '../../core/drivers/documents/document-kind.ts';
import type { IssueLink } from '../../core/ports/issue.ts';
import { type Board, isIn, packageIn } from './issue-context.ts';
import { changeOf, keyWritten } from './writes.ts';

export function linked(board: Board, key: string, link: IssueLink, stamp: Stamp): Change {
  packageIn(board, key);
  packageIn(board, link.target);
  const { waiter, first } = ends(key, link);
  const { dependencies } = packageIn(board, waiter).file;
  const after = dependencies.includes(first) ? dependencies : [...dependencies, first];
  return written(board, { key, waiter, after }, stamp);
}

export function unlinked(board: Board, key: string, link: IssueLink, stamp: Stamp): Change {
  packageIn(board, key);
  const { waiter, first } = ends(key, link);
  if (!isIn(board, waiter)) return { key, files: [] };
  const after = packageIn(board, waiter).file.dependencies.filter((id) => id !== first);
  return written(board, { key, waiter, after }, stamp);
}

function ends(key: string, { type, target }: IssueLink) {
  return type === 'depends on' ? { waiter: key, first: target } : { waiter: target, first: key };
}

interface Wanted {
  readonly key: string;
  readonly waiter: string;
  readonly after: readonly string[];
}

function written(board: Board, { key, waiter, after }: Wanted, stamp: Stamp): Change {
  const pack = packageIn(board, waiter);
  if (after.length === pack.file.dependencies.length) return { key, files: [] };
  const texts = new Map([[pack.path, keyWritten(pack, pack.text, 'dependencies', after)]]);
  return changeOf(board, { key, texts, stamp });
}
