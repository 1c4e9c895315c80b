/** `platform`, `backends`, and a section for each platform. */
import { z } from 'zod';
import { isPlatformName, type PlatformName, platformNames } from '../../platforms/index.ts';
import { text } from './values.ts';

const plainValue = z.union([z.string(), z.number(), z.boolean()]);

/** Settings of one platform; checked against its own `needs`. A mapping holds names, one or several to a key. */
const platformSection = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.union([plainValue, z.array(plainValue)]))]),
);

export const platformSections = Object.fromEntries(
  platformNames.map((name) => [name, platformSection.optional().describe(`Settings of ${name}.`)]),
) as Record<PlatformName, z.ZodOptional<typeof platformSection>>;

const sides = ['auto', ...platformNames] as const;

/** Also the name of a plugin, which is looked up once the whole section is known. */
const side = z.string().meta({
  title: [...sides.map((name) => `\`${name}\``), 'the name of a plugin'].join(', '),
});

const oneOfOurs = { type: 'string', enum: [...sides] };
/** For editors: where no plugin is named, nothing but our own names will do. */
const withoutPlugins = {
  if: { type: 'object', properties: { plugins: { type: 'object', maxProperties: 0 } } },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON schema
  then: { type: 'object', properties: { ci: oneOfOurs, tracker: oneOfOurs, type: oneOfOurs } },
};

const plugin = z.strictObject({
  module: text
    .describe('The package, or the path of a file that starts with a dot.')
    .meta({ examples: ['./tools/my-tracker.js'] }),
  settings: platformSection.prefault({}).describe('What the plugin asks for.'),
});

const namesOfThings = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'is not a name such as my-tracker: small letters, digits and dashes');

/** A platform that is neither ours nor a plugin of this file. */
function knownSides(
  given: { ci: string; tracker: string; type?: string | undefined; plugins: Record<string, unknown> },
  context: z.core.$RefinementCtx,
): void {
  const values = [...sides, ...Object.keys(given.plugins)];
  for (const key of ['ci', 'tracker', 'type'] as const) {
    const input = given[key];
    // what is only known is refused with what to do instead, once the platforms are loaded
    if (input !== undefined && !values.includes(input) && !isPlatformName(input))
      context.addIssue({ code: 'invalid_value', values, path: [key], input });
  }
}

export const platform = z
  .strictObject({
    ci: side.default('auto').describe('Where the code and its CI live.'),
    tracker: side.default('auto').describe('Where issues live.'),
    type: side
      .optional()
      .describe('Older form: sets both sides that are `auto`.')
      .meta({ examples: ['auto'] }),
    plugins: z
      .record(namesOfThings, plugin)
      .prefault({})
      .describe('Third-party platforms, by the name that `ci` and `tracker` may then have.')
      .meta({ examples: [{ 'my-tracker': { module: './tools/my-tracker.js' } }] }),
  })
  .superRefine(knownSides)
  .meta(withoutPlugins)
  .prefault({});

/** A tracker under a name of its own, for `pace issue --backend`. */
const backend = z
  .looseObject({ platform: text.describe('What it is: one of the platforms, or a plugin.') })
  .catchall(platformSection.valueType);

export const backends = z.record(namesOfThings, backend).prefault({});

/** A tracker among equals: the words that all of them understand, and the settings of its platform. */
const taskTracker = z
  .looseObject({
    enabled: z.boolean().default(true).describe('`false`: this tracker is refused wherever it is named.'),
    server_url: text.optional().describe('The address of its server.'),
    credentials: text.optional().describe('Its token, as `env:NAME`; `api_key` and `token` are other words for it.'),
    api_key: text.optional(),
    token: text.optional(),
  })
  .catchall(platformSection.valueType);

export const taskTrackers = z.record(z.string(), taskTracker);

/** `config/task_trackers.yaml`. */
export const taskTrackersFile = z.strictObject({ task_trackers: taskTrackers });
