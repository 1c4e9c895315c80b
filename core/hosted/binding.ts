/**
 * What a project is bound to: `tracker:` in `.kittify/config.yaml`, which Spec Kitty's command line reads too. Everything outside
 * of it stays byte for byte, and so does what PACE does not know in it.
 */
import { isMap, isScalar, type Pair, stringify, type YAMLMap } from 'yaml';
import { errorCode, fileError, PaceError } from '../errors.ts';
import { readRegular } from '../files/read-regular.ts';
import { workspacePath } from '../files/workspace-path.ts';
import { writeWhole } from '../files/write-whole.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { ConfigError } from '../yaml/problems.ts';
import { MAX_FILE_BYTES, parseYaml, textOfYaml, type YamlFile } from '../yaml/yaml-file.ts';

export const BINDING_FILE = '.kittify/config.yaml';

export const OWNERSHIP_MODES = ['external_authoritative', 'spec_kitty_authoritative', 'split_ownership'] as const;
export type OwnershipMode = (typeof OWNERSHIP_MODES)[number];
export const OWNERS = ['external', 'local', 'shared'] as const;
export type Owner = (typeof OWNERS)[number];

export interface Binding {
  readonly provider: string;
  readonly bindingRef?: string | undefined;
  readonly projectSlug?: string | undefined;
  readonly displayLabel?: string | undefined;
  readonly providerContext?: Readonly<Record<string, unknown>> | undefined;
  readonly workspace?: string | undefined;
  readonly mode: OwnershipMode;
  readonly fieldOwners: Readonly<Record<string, Owner>>;
  /** A word about whether anything may leave this machine: `permitted`, or anything else, which refuses. */
  readonly egress?: string | undefined;
}

/** Who the project is, as Spec Kitty has written it. */
export interface ProjectBlock {
  readonly uuid?: string | undefined;
  readonly slug?: string | undefined;
  readonly nodeId?: string | undefined;
  readonly buildId?: string | undefined;
  readonly repoSlug?: string | undefined;
}

export interface ProjectFile {
  readonly binding: Binding | undefined;
  readonly project: ProjectBlock;
  /** The old word for `ownership` stands in it. */
  readonly hasOldWord: boolean;
}

type FileWorld = Pick<World, 'cwd'>;

/** Nothing is bound where there is no such file. Throws `ConfigError` with the place of each mistake. */
export async function readProjectFile(world: FileWorld): Promise<ProjectFile> {
  const text = await textOf(world);
  return projectIn(parsed(text ?? ''));
}

/** Throws `PaceError` where the file cannot be changed without changing more. */
export async function writeBinding(world: FileWorld, binding: Binding | undefined): Promise<void> {
  const path = await workspacePath(world.cwd, BINDING_FILE);
  const text = (await textOf(world)) ?? '';
  const changed = binding ? withBinding(text, binding) : withoutBinding(text);
  if (changed !== text) await writeWhole(path, changed);
}

async function textOf({ cwd }: FileWorld): Promise<string | undefined> {
  const path = await workspacePath(cwd, BINDING_FILE);
  try {
    return textOfYaml(BINDING_FILE, await readRegular(path, MAX_FILE_BYTES));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw error instanceof PaceError || error instanceof ConfigError ? error : fileError(error, 'read', BINDING_FILE);
  }
}

/** Throws `ConfigError` with all that is wrong. */
function parsed(text: string): YamlFile {
  const yaml = parseYaml(BINDING_FILE, text);
  if (yaml.problems.length > 0) throw new ConfigError(yaml.problems);
  if (yaml.value !== null && yaml.value !== undefined && !isRecord(yaml.value))
    throw new ConfigError([yaml.problemAt([], 'This file is not a mapping (`key: value` lines).')]);
  return yaml;
}

function projectIn(yaml: YamlFile): ProjectFile {
  const whole = isRecord(yaml.value) ? yaml.value : {};
  const project = isRecord(whole['project']) ? whole['project'] : {};
  const block = isRecord(whole['tracker']) ? whole['tracker'] : {};
  return {
    binding: bindingIn(yaml, block),
    project: {
      ...{ uuid: word(project['uuid']), slug: word(project['slug']), nodeId: word(project['node_id']) },
      ...{ buildId: word(project['build_id']), repoSlug: word(project['repo_slug']) },
    },
    hasOldWord: 'doctrine' in block && !('ownership' in block),
  };
}

function bindingIn(yaml: YamlFile, block: Readonly<Record<string, unknown>>): Binding | undefined {
  const provider = word(block['provider'])?.trim().toLowerCase();
  if (provider === undefined) return undefined;
  const name = 'ownership' in block ? 'ownership' : 'doctrine';
  const ownership = isRecord(block[name]) ? block[name] : {};
  const owners = isRecord(ownership['field_owners']) ? ownership['field_owners'] : {};
  const mode = ownership['mode'] ?? OWNERSHIP_MODES[0];
  const problems = [
    ...(isMode(mode)
      ? []
      : [yaml.problemAt(['tracker', name, 'mode'], `The mode must be one of ${OWNERSHIP_MODES.join(', ')}.`)]),
    ...Object.entries(owners).flatMap(([field, owner]) =>
      isOwner(owner)
        ? []
        : [yaml.problemAt(['tracker', name, 'field_owners', field], `The owner must be one of ${OWNERS.join(', ')}.`)],
    ),
  ];
  if (problems.length > 0 || !isMode(mode)) throw new ConfigError(problems);
  const context = block['provider_context'];
  return {
    ...{ provider, mode, fieldOwners: Object.fromEntries(Object.entries(owners).filter(isOwned)) },
    ...{ bindingRef: word(block['binding_ref']), projectSlug: word(block['project_slug']) },
    ...{ displayLabel: word(block['display_label']), workspace: word(block['workspace']) },
    providerContext: isRecord(context) ? context : undefined,
    // recorded without a word is no permission
    egress: 'egress' in block ? (word(block['egress']) ?? 'null') : undefined,
  };
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

export function isMode(value: unknown): value is OwnershipMode {
  return OWNERSHIP_MODES.some((mode) => mode === value);
}

export function isOwner(value: unknown): value is Owner {
  return OWNERS.some((owner) => owner === value);
}

function isOwned(entry: [string, unknown]): entry is [string, Owner] {
  return isOwner(entry[1]);
}

/** What PACE writes, in the order in which Spec Kitty does. */
function valuesOf(binding: Binding): ReadonlyMap<string, unknown> {
  const { provider, bindingRef, projectSlug, displayLabel, providerContext, workspace, mode, fieldOwners } = binding;
  return new Map<string, unknown>([
    ['provider', provider],
    ['binding_ref', bindingRef ?? null],
    ['project_slug', projectSlug ?? null],
    ['display_label', displayLabel ?? null],
    ['provider_context', providerContext ?? null],
    ['workspace', workspace ?? null],
    ['ownership', { mode, field_owners: fieldOwners }],
  ]);
}

/** The text with this binding. Pure. */
export function withBinding(text: string, binding: Binding): string {
  const values = new Map(valuesOf(binding));
  return changedBlock(text, (pieces) => {
    const kept = pieces
      // the old word for `ownership` goes with its next writing
      .filter(({ key }) => key !== 'doctrine')
      .map(({ key, text: piece, value }) => {
        if (!values.has(key)) return piece;
        const wanted = values.get(key);
        values.delete(key);
        return isSame(value, wanted) ? piece : entryOf(key, wanted);
      });
    return [...kept, ...[...values].map(([key, value]) => entryOf(key, value))];
  });
}

/** The text without it; what was said about what may leave this machine stays. Pure. */
export function withoutBinding(text: string): string {
  return changedBlock(text, (pieces) => pieces.filter(({ key }) => key === 'egress').map((piece) => piece.text));
}

interface Piece {
  readonly key: string;
  readonly value: unknown;
  /** Its lines, indented by two. */
  readonly text: string;
}

const STEP = '  ';

/** `change` gives the lines of the block; none: there is no block. */
function changedBlock(source: string, change: (pieces: readonly Piece[]) => readonly string[]): string {
  const bom = source.startsWith('\ufeff') ? '\ufeff' : '';
  const yaml = parsed(source);
  const { text } = yaml;
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const whole = yaml.document.contents;
  const pair = isMap(whole) ? whole.items.find((each) => keyOf(each) === 'tracker') : undefined;
  if (isMap(whole) && whole.flow && whole.items.length > 0) throw notAsLines(yaml);
  const lines = change(pair && isMap(whole) ? piecesOf(yaml, pair) : []);
  const block = lines.length === 0 ? '' : `tracker:\n${lines.map(withEnd).join('')}`.replaceAll('\n', end);
  const [from, to] = pair ? placeOf(text, pair) : [text.length, text.length];
  const before = text.slice(0, from);
  const joined = before === '' || before.endsWith('\n') || block === '' ? before : before + end;
  const changed = joined + block + text.slice(to);
  refuseOtherChanges(yaml, changed);
  return bom + changed;
}

function withEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** To read it again is the one proof that nothing else means something else now. */
function refuseOtherChanges(yaml: YamlFile, changed: string): void {
  const others = (value: unknown) => {
    const { tracker: _, ...rest } = isRecord(value) ? value : {};
    return JSON.stringify(rest);
  };
  const again = parseYaml(BINDING_FILE, changed);
  if (again.problems.length === 0 && others(again.value) === others(yaml.value)) return;
  throw notAsLines(yaml);
}

function notAsLines(yaml: YamlFile): ConfigError {
  return new ConfigError([
    yaml.problemAt(
      ['tracker'],
      '`tracker` cannot be changed here without changing more: please write it as lines of its own.',
      'key',
    ),
  ]);
}

function piecesOf({ text, value }: YamlFile, pair: Pair): Piece[] {
  const map = pair.value;
  const values = isRecord(value) && isRecord(value['tracker']) ? value['tracker'] : {};
  const plain = Object.entries(values).map(([key, each]) => ({ key, value: each, text: entryOf(key, each) }));
  if (!isMap(map) || map.flow) return plain;
  const [, end] = placeOf(text, pair);
  const starts = map.items.map((item) => lineStart(text, startOf(item)));
  const found = map.items.map((item, index): Piece => {
    const lines = text.slice(starts[index], starts[index + 1] ?? end);
    return { key: keyOf(item), value: values[keyOf(item)], text: shifted(lines, columnOf(text, map)) };
  });
  // a comment above the first of them
  const above = text.slice(endOfLine(text, startOf(pair)), starts[0]);
  const [first, ...rest] = found;
  return first ? [{ ...first, text: shifted(above, columnOf(text, map)) + first.text }, ...rest] : [];
}

/** Lines of a block that is indented otherwise come to the same step. */
function shifted(lines: string, column: number): string {
  const plain = lines.replaceAll('\r\n', '\n');
  if (column === STEP.length) return plain;
  return plain.replace(new RegExp(`^ {${column}}`, 'gm'), STEP);
}

function columnOf(text: string, map: YAMLMap): number {
  const [first] = map.items;
  const start = first ? startOf(first) : 0;
  return start - lineStart(text, start);
}

/** From the line of the key to the next one that is not below it. */
function placeOf(text: string, pair: Pair): readonly [number, number] {
  const from = lineStart(text, startOf(pair));
  let to = endOfLine(text, startOf(pair));
  for (let next = to; next < text.length; next = endOfLine(text, next)) {
    const line = text.slice(next, endOfLine(text, next));
    if (/^[^\s#]/.test(line) && !/^-(?:\s|$)/.test(line)) break;
    // blank lines and comments behind the block belong to what follows
    if (/^\s+[^\s#]/.test(line) || /^-(?:\s|$)/.test(line) || /^\s+#/.test(line)) to = endOfLine(text, next);
  }
  return [from, to];
}

function startOf({ key }: Pair): number {
  return isScalar(key) ? (key.range?.[0] ?? 0) : 0;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** `null` is nothing behind the colon, as Spec Kitty writes it. */
function entryOf(key: string, value: unknown): string {
  const lines = stringify({ [key]: value }, { nullStr: '', lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return lines.map((line) => `${STEP}${line.trimEnd()}\n`).join('');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
