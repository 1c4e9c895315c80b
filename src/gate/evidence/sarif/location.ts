/** Where a SARIF result points: a path relative to the workspace, whatever way the scanner writes it. */
import { posix } from 'node:path';
import { isRecord } from '../../../../core/record.ts';
import { reportedPath } from '../files/workspace.ts';
import { indexOf, objects, stringOf } from '../json.ts';
import type { Json } from './rules.ts';

const MAX_BASES = 10;

export interface ArtifactPlace {
  /** What names the place in a check: a path with its folders, or a name such as `Shop.Cart.total`. */
  readonly shown?: string;
  /** Relative to the workspace; absent when it is not below it. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The first location (§3.27.12): the others, if any, belong to the same problem. */
export function placeOfResult(result: Json, run: Json, cwd: string): ArtifactPlace {
  const location = objects(result.locations)[0];
  if (location === undefined) return {};
  const physical = isRecord(location.physicalLocation) ? location.physicalLocation : {};
  const artifact = isRecord(physical.artifactLocation) ? physical.artifactLocation : undefined;
  const address = artifact === undefined ? undefined : addressOf(artifact, run);
  if (address === undefined) return logicalPlace(location);
  const file = address.candidates.map((path) => reportedPath(path, cwd)).find((path) => path !== undefined);
  const region = isRecord(physical.region) ? physical.region : {};
  const line = indexOf(region.startLine) || undefined;
  const column = indexOf(region.startColumn) || undefined;
  if (file === undefined) return { shown: address.shown };
  return { shown: file, file, ...(line && { line }), ...(line && column && { column }) };
}

function logicalPlace(location: Json): ArtifactPlace {
  const logical = objects(location.logicalLocations)[0];
  const shown = stringOf(logical?.fullyQualifiedName) ?? stringOf(logical?.name);
  return shown === undefined ? {} : { shown };
}

interface Address {
  readonly shown: string;
  /** Ways to read it, the likeliest first. */
  readonly candidates: readonly string[];
}

/** §3.4. A base that is not below the workspace is taken for the workspace itself: containers mount it elsewhere. */
function addressOf(artifact: Json, run: Json): Address | undefined {
  const listed = Array.isArray(run.artifacts) ? run.artifacts[indexOf(artifact.index) ?? -1] : undefined;
  const indexed = isRecord(listed) ? listed.location : undefined;
  const location = stringOf(artifact.uri) === undefined && isRecord(indexed) ? indexed : artifact;
  const uri = stringOf(location.uri);
  if (uri === undefined || uri === '') return undefined;
  const path = decoded(uri);
  if (/^[a-z][a-z0-9+.-]+:/i.test(uri)) return { shown: path.replace(/^file:\/\/[^/]*/i, ''), candidates: [uri] };
  const base = baseOf(stringOf(location.uriBaseId), run);
  const based = base === undefined ? [] : [/^file:/i.test(base) ? base + uri : decoded(base + uri)];
  return { shown: posix.normalize(path), candidates: [...based, path] };
}

/** §3.14.14: bases may stand on other bases. */
function baseOf(id: string | undefined, run: Json): string | undefined {
  const bases = isRecord(run.originalUriBaseIds) ? run.originalUriBaseIds : {};
  let path: string | undefined;
  for (let name = id, depth = 0; name !== undefined && depth < MAX_BASES; depth += 1) {
    const base = Object.hasOwn(bases, name) ? bases[name] : undefined;
    if (!isRecord(base)) break;
    const uri = stringOf(base.uri);
    if (uri !== undefined) path = `${uri}${uri.endsWith('/') ? '' : '/'}${path ?? ''}`;
    name = stringOf(base.uriBaseId);
  }
  return path;
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
