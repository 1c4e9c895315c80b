/**
 * How a verb is defined: one zod schema for its options, from which the flags of the command line come, and the schema that
 * other faces check their input with. Loaded when PACE is built, and by faces that check input; never at the start of a command.
 */
import { z } from 'zod';
import { defined } from '../../core/defined.ts';
import type { ArgumentDescription, CompactDescription } from './description.ts';
import type { ExitCodeTable } from './exit-codes.ts';
import { flagOf } from './flag-name.ts';

declare module 'zod' {
  interface GlobalMeta {
    /** It is a word of the command line, not a flag. */
    readonly word?: boolean;
    readonly short?: string;
    readonly value?: string;
    readonly valueOptional?: boolean;
    readonly proposed?: readonly string[];
    /** What the command line says where nothing is said. */
    readonly default?: string;
    /** A boolean that is true by default: its flag says no. `both`: there is one for yes as well, with this text. */
    readonly yes?: string;
    /** It is another spelling of this option. */
    readonly sameAs?: string;
  }
}

export interface Definition<Options extends z.ZodObject = z.ZodObject> {
  readonly about: string;
  readonly options: Options;
  /** Flags that only the command line has. */
  readonly commandLine?: z.ZodObject;
  readonly answer: 'list' | 'one' | 'either' | 'lines' | 'report' | 'text';
  readonly fields?: readonly string[];
  readonly exits: ExitCodeTable;
  readonly writes: boolean;
}

/** The options of a verb as a face hands them over. */
export type OptionsOf<Verb extends Definition> = z.input<Verb['options']>;

/** A word of the command line. */
export function word(about: string): z.ZodString {
  return z.string().meta({ description: about, word: true });
}

/** Words of the command line, at least one. */
export function words(about: string) {
  return z.array(z.string()).min(1).meta({ description: about, word: true });
}

interface FlagLook {
  readonly short?: string;
  readonly proposed?: readonly string[];
  readonly default?: string;
  readonly sameAs?: string;
}

/** A flag with a value, which stands in help as `<value>`. */
export function text(value: string, about: string, look: FlagLook = {}) {
  return z
    .string()
    .meta({ description: about, value, ...look })
    .optional();
}

/** The same, given any number of times. */
export function texts(value: string, about: string, look: FlagLook = {}) {
  return z
    .array(z.string())
    .meta({ description: about, value, ...look })
    .optional();
}

/** A flag with one of these values. */
export function oneOf<const Choices extends readonly [string, ...string[]]>(
  value: string,
  choices: Choices,
  about: string,
  look: Pick<FlagLook, 'short' | 'default'> = {},
) {
  return z
    .enum(choices)
    .meta({ description: about, value, ...look })
    .optional();
}

export function flag(about: string, look: Pick<FlagLook, 'short'> = {}) {
  return z
    .boolean()
    .meta({ description: about, ...look })
    .optional();
}

/** What is done unless it is declined: `about` describes the flag that declines. */
export function unless(about: string, yes?: string) {
  return z
    .boolean()
    .meta({ description: about, ...defined({ yes }) })
    .default(true);
}

/** The definition as data. */
export function described(name: string, definition: Definition): CompactDescription {
  const { about, options, commandLine, answer, fields = [], exits, writes } = definition;
  return {
    name,
    about,
    arguments: [
      ...argumentsOf(options),
      ...(commandLine ? argumentsOf(commandLine).map((each) => ({ ...each, commandLineOnly: true })) : []),
    ],
    answer,
    fields,
    exits,
    writes,
  };
}

interface Property {
  readonly type: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly word?: boolean;
  readonly short?: string;
  readonly value?: string;
  readonly valueOptional?: boolean;
  readonly proposed?: readonly string[];
  readonly yes?: string;
  readonly sameAs?: string;
}

function argumentsOf(schema: z.ZodObject): ArgumentDescription[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).flatMap(([name, property]) =>
    argumentOf(name, property as Property, required.includes(name)),
  );
}

function argumentOf(name: string, property: Property, required: boolean): ArgumentDescription[] {
  const { type, description = '', short, value, valueOptional, proposed, yes, sameAs } = property;
  const many = type === 'array';
  const base = {
    name,
    type: type === 'boolean' ? ('boolean' as const) : ('string' as const),
    about: description,
    required,
    many,
    ...defined({
      choices: property.enum,
      proposed,
      default: typeof property.default === 'string' ? property.default : undefined,
    }),
  };
  if (property.word) return [base];
  const flag = flagOf(name);
  if (property.default === true) {
    const no = { ...base, flag: flagOf(`no-${name}`), negates: true };
    return yes === undefined ? [no] : [{ ...base, flag, about: yes }, no];
  }
  return [
    {
      ...base,
      flag,
      ...defined({
        short: short ? `-${short}` : undefined,
        value: value || undefined,
        valueOptional: valueOptional || undefined,
        sameAs,
      }),
    },
  ];
}
