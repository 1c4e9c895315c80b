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
  const location = firstLocation(result);
  if (location === undefined) return {};
  const { artifactLocation, region } = physicalOf(location);
  const address = isRecord(artifactLocation) ? addressOf(artifactLocation, run) : undefined;
  const position = positionOf(isRecord(region) ? region : {});
  if (address === undefined) return { ...logicalPlace(location), ...position };
  const file = firstBelow(address.candidates, cwd);
  return file === undefined ? { shown: address.shown, ...position } : { shown: file, file, ...position };
}

/** What else tells two places apart that are shown alike: the end, an offset into what has no lines, an address in memory. */
export function exactPlace(result: Json): string {
  const location = firstLocation(result);
  if (location === undefined) return '';
  const { region, address } = physicalOf(location);
  const where = address === undefined ? '' : JSON.stringify(address);
  if (!isRecord(region)) return where;
  const { endLine, endColumn, charOffset, charLength, byteOffset, byteLength } = region;
  return `${endLine} ${endColumn} ${charOffset} ${charLength} ${byteOffset} ${byteLength} ${where}`;
}

/** Where it stands, in front of words that are shown without a link to a file; nothing for a file of the workspace. */
export function outsidePlace({ shown, file, line, column }: ArtifactPlace): string {
  if (file !== undefined || line === undefined) return '';
  const at = column === undefined ? `${line}` : `${line}:${column}`;
  return shown === undefined ? `line ${at}: ` : `${shown}:${at}: `;
}

/** §3.27.13: without a location, the file that was scanned. */
function firstLocation({ locations, analysisTarget }: Json): Json | undefined {
  const first: unknown = Array.isArray(locations) ? locations.find(isRecord) : undefined;
  if (isRecord(first)) return first;
  return isRecord(analysisTarget) ? { physicalLocation: { artifactLocation: analysisTarget } } : undefined;
}

function firstBelow(candidates: readonly string[], cwd: string): string | undefined {
  for (const path of candidates) {
    const file = reportedPath(path, cwd);
    if (file !== undefined) return file;
  }
  return undefined;
}

function physicalOf({ physicalLocation }: Json): Json {
  return isRecord(physicalLocation) ? physicalLocation : {};
}

function positionOf({ startLine, startColumn }: Json): Pick<ArtifactPlace, 'line' | 'column'> {
  const line = indexOf(startLine) || undefined;
  const column = indexOf(startColumn) || undefined;
  return { ...(line && { line }), ...(line && column && { column }) };
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
