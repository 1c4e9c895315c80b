/** Changes of the backends in a file that a person keeps: comments and order stay. Pure. */
import { Document, isMap, parseDocument, YAMLMap } from 'yaml';
import { PaceError } from '../../../core/errors.ts';

export interface NewBackend {
  readonly name: string;
  readonly platform: string;
  /** Values as they are to stand in the file: secrets as `env:NAME`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Throws `validation` when the name is taken. */
export function withBackend(text: string, { name, platform, settings }: NewBackend): string {
  return edited(text, (document) => {
    if (document.hasIn(['backends', name])) {
      throw new PaceError({
        kind: 'validation',
        message: `There is a backend “${name}” already.`,
        remedy: `Please choose another name, or remove it first: pace backend remove ${name}`,
      });
    }
    openBackends(document);
    document.setIn(['backends', name], document.createNode({ platform, ...settings }));
  });
}

/** `undefined` when there is none of that name. A default that named it goes too. */
export function withoutBackend(text: string, name: string): string | undefined {
  const document = parseDocument(text);
  if (!document.hasIn(['backends', name])) return undefined;
  return edited(text, (changed) => {
    changed.deleteIn(['backends', name]);
    if (changed.get('default_backend') === name) changed.delete('default_backend');
  });
}

export function withDefault(text: string, name: string): string {
  return edited(text, (document) => document.set('default_backend', name));
}

function edited(text: string, change: (document: Document) => void): string {
  const document = parsed(text);
  change(document);
  return document.toString({ lineWidth: 0 });
}

/** A file without content keeps its comments. */
function parsed(text: string): Document {
  const found = parseDocument(text);
  if (found.contents !== null) return found;
  const empty = new Document({});
  empty.commentBefore = found.commentBefore ?? found.comment;
  return empty;
}

/** `backends: {}` and `backends:` become a mapping that has lines of its own. */
function openBackends(document: Document): void {
  const node = document.get('backends', true);
  if (isMap(node)) node.flow = false;
  else document.set('backends', new YAMLMap());
}
