/** `pace backend list|add|remove|test|set-default|detect`: the trackers that `pace issue` can be pointed at. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveSettings } from '../../core/drivers/settings.ts';
import { asPaceError, fileErrorCode, type PaceError } from '../../core/errors.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import { didYouMean } from '../../core/yaml/suggest.ts';
import { isPlatformName, offersNot } from '../../platforms/index.ts';
import { configPaths, locateConfig } from '../config/locate.ts';
import { type NewBackend, withBackend, withDefault, withoutBackend } from '../tracker/backends/backend-edit.ts';
import {
  type Ask,
  settingsFor,
  trackerNames,
  trackerPlatform,
  validName,
  wrong,
} from '../tracker/backends/backend-settings.ts';
import { chooseBackend } from '../tracker/backends/choose.ts';
import { knownTrackers, openBackend } from '../tracker/backends/open.ts';
import { userFilePath } from '../tracker/backends/user-file.ts';

export interface BackendRow {
  readonly name: string;
  readonly platform: string;
  /** Which file names it: the project's, the person's own, or none. */
  readonly from: 'project' | 'user' | 'detected';
  readonly default: boolean;
}

interface Options {
  readonly config?: string | undefined;
}

/** Every backend, and the tracker of the gate. */
export async function listBackends(world: World, { config }: Options): Promise<BackendRow[]> {
  const known = await knownTrackers(world, config);
  const { name: chosen } = choiceOf(known);
  const named = (['project', 'user'] as const).flatMap((from) =>
    (known[from]?.names ?? []).map((name) => ({ name, platform: known[from]?.platformName(name) ?? '', from })),
  );
  // the project's comes before the person's of the same name
  const visible = named.filter(({ name }, place) => named.findIndex((other) => other.name === name) === place);
  const gate = (await known.gate()).side.platform.name;
  const rows = [...visible, { name: gate, platform: gate, from: 'detected' as const }];
  return rows.map((row) => ({ ...row, default: chosen === undefined ? row.from === 'detected' : row.name === chosen }));
}

function choiceOf(known: Awaited<ReturnType<typeof knownTrackers>>) {
  return chooseBackend({
    variable: known.variable,
    project: known.project?.defaultName,
    hasProject: known.project !== undefined,
    user: known.user?.defaultName,
  });
}

export interface AddOptions extends Options {
  readonly name: string;
  readonly platform?: string | undefined;
  /** `key=value`, one each. */
  readonly set?: readonly string[] | undefined;
  /** Into the person's own file; else the project's where there is one. */
  readonly user?: boolean | undefined;
  readonly project?: boolean | undefined;
  /** Asks a person for a value; absent without a terminal. */
  readonly ask?: Ask | undefined;
}

/** Writes the backend and says where, and what is still to be set. */
export async function addBackend(world: World, options: AddOptions): Promise<{ file: string; hints: string[] }> {
  const name = validName(options.name);
  const platform = await trackerPlatform(
    options.platform ?? (await options.ask?.(`Platform (${(await trackerNames()).join(', ')}): `)),
  );
  const settings = await settingsFor(platform, options.set ?? [], options.ask);
  const file = await fileFor(world, options);
  await change(file, (text) => withBackend(text, { name, platform: platform.name, settings } satisfies NewBackend));
  const missing = resolveSettings({ platform, side: 'tracker', section: settings, env: world.env }).missing;
  return { file, hints: missing.map(({ message, remedy }) => `${message} ${remedy}`) };
}

/** Takes it out of the file that names it. Returns that file. */
export async function removeBackend(world: World, { name, ...options }: AddOptions): Promise<string> {
  for (const file of await filesFor(world, options)) {
    const text = await readOr(file, undefined);
    const without = text === undefined ? undefined : withoutBackend(text, name);
    if (without === undefined) continue;
    await writeWhole(file, without);
    return file;
  }
  throw unknown(
    name,
    (await knownTrackers(world, options.config)).backends.flatMap(({ names }) => names),
  );
}

export async function setDefaultBackend(world: World, { name, ...options }: AddOptions): Promise<string> {
  const known = await knownTrackers(world, options.config);
  const names = known.backends.flatMap((each) => each.names);
  if (!names.includes(name)) {
    if (!isPlatformName(name)) throw unknown(name, names);
    await trackerPlatform(name);
  }
  const inProject = known.project?.names.includes(name) ?? false;
  const user = options.user ?? (!inProject && (known.user?.names.includes(name) ?? false) && !options.project);
  const file = await fileFor(world, { ...options, user });
  await change(file, (text) => withDefault(text, name));
  return file;
}

export interface BackendTest {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Whether it answers: who the token is, whether issues can be read, what can be done. Writes nothing; never throws for what it finds. */
export async function testBackend(
  world: World,
  options: Options & { name?: string | undefined },
): Promise<BackendTest[]> {
  const { tracker, platform } = await openBackend(world, { config: options.config, backend: options.name });
  const look = async (check: string, work: () => Promise<string>): Promise<BackendTest> => {
    try {
      return { check, ok: true, detail: await work() };
    } catch (error) {
      const { message, remedy } = asPaceError(error);
      return { check, ok: false, detail: `${message} ${remedy}`.trim() };
    }
  };
  return [
    await look('token', async () => `${platform.title} knows it as ${(await tracker.getCurrentUser()).name}`),
    await look('issues', async () => {
      const [newest] = await collect(tracker.listIssues(), 1);
      return newest ? `readable; the newest is ${newest.key}` : 'readable; there are none';
    }),
    await look('abilities', async () => {
      const { unsupported } = await tracker.capabilities();
      const lacking = Object.keys(unsupported);
      return lacking.length === 0 ? 'everything' : `everything but ${lacking.join(', ')}`;
    }),
  ];
}

export interface Detection {
  readonly tracker: string;
  readonly because: string;
  /** What has to be set before it can be used. */
  readonly missing: readonly string[];
}

/** What is used when nothing is named, and why. */
export async function detectBackend(world: World, { config }: Options): Promise<Detection> {
  const known = await knownTrackers(world, config);
  const choice = choiceOf(known);
  if (choice.name !== undefined) {
    await openBackend(world, { config, backend: choice.name });
    return { tracker: choice.name, because: choice.because, missing: [] };
  }
  const { side, because } = await known.gate();
  if (!side.platform.createTracker) throw offersNot(side.platform, 'tracker');
  const { section = {} } = side;
  const { missing } = resolveSettings({ platform: side.platform, side: 'tracker', section, env: world.env });
  return {
    tracker: side.platform.name,
    because,
    missing: missing.map(({ message, remedy }) => `${message} ${remedy}`),
  };
}

async function fileFor(
  world: World,
  { config, user, project }: Options & { user?: boolean | undefined; project?: boolean | undefined },
): Promise<string> {
  const own = userFilePath(world);
  if (user) {
    if (own !== undefined) return own;
    throw wrong(
      'There is no home folder for a file of your own.',
      'Please set HOME or XDG_CONFIG_HOME, or use --project.',
    );
  }
  const path =
    config ?? (await locateConfig(world.cwd)).path ?? (project || own === undefined ? configPaths[0] : undefined);
  return path === undefined ? (own ?? '') : join(world.cwd, path);
}

async function filesFor(world: World, options: Options & { user?: boolean | undefined }): Promise<string[]> {
  const own = userFilePath(world);
  const project = options.config ?? (await locateConfig(world.cwd)).path;
  const files = [
    ...(project === undefined || options.user ? [] : [join(world.cwd, project)]),
    ...(own === undefined ? [] : [own]),
  ];
  return files;
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  const text = edit((await readOr(file, '')) ?? '');
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, text);
}

async function readOr<None>(file: string, none: None): Promise<string | None> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return none;
    throw error;
  }
}

function unknown(name: string, names: readonly string[]): PaceError {
  return wrong(
    `There is no backend “${name}”.${didYouMean(name, names)}`,
    names.length > 0 ? `There are: ${names.join(', ')}.` : 'None is configured: `pace backend add` adds one.',
  );
}
