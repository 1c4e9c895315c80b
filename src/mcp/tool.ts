/** A tool of the server: a command of PACE, with the part of its options that a model needs. */
import { z } from 'zod';
import type { World } from '../../core/world.ts';
import type { Answer } from './answer.ts';
import { wrongInput } from './wrong-input.ts';

/** Where and as whom the tools work, for as long as the server runs. */
export interface Place {
  readonly config?: string | undefined;
  readonly backend?: string | undefined;
}

/** All four are set on each tool: what is absent counts as the worst. */
export interface Annotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** As it stands in the list of tools. A type, as the protocol's own are. */
export type ListedTool = {
  name: string;
  description: string;
  inputSchema: { type: 'object'; [key: string]: unknown };
  annotations: Annotations;
};

export interface Tool {
  readonly listed: ListedTool;
  /** Needs a tracker; the others need a configuration, and say so themselves. */
  readonly onTracker: boolean;
  /** Throws what the command throws, and a `PaceError` for arguments that do not fit. */
  call(world: World, place: Place, given: unknown, signal: AbortSignal): Promise<Answer>;
}

export interface ToolParts<Input extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly input: Input;
  /** Better words for a model than the command line has. */
  readonly about?: Readonly<Partial<Record<keyof z.output<Input> & string, string>>>;
  readonly annotations: Omit<Annotations, 'openWorldHint'>;
  readonly onTracker?: boolean;
  run(world: World, input: z.output<Input> & Place, signal: AbortSignal): Promise<Answer>;
}

export function tool<Input extends z.ZodObject>(parts: ToolParts<Input>): Tool {
  const { name, description, annotations, about = {}, onTracker = true } = parts;
  // an unknown argument is a mistake that a model can mend, once it hears of it
  const input = parts.input.strict();
  return {
    onTracker,
    listed: {
      name,
      description,
      inputSchema: plainSchema(input, about),
      annotations: { ...annotations, openWorldHint: true },
    },
    call: async (world, { config, backend }, given, signal) => {
      const checked = await input.safeParseAsync(given ?? {});
      if (!checked.success) throw wrongInput(name, checked.error, Object.keys(input.shape));
      return parts.run(world, { ...(checked.data as z.output<Input>), config, backend }, signal);
    },
  };
}

interface Property {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type?: string };
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What every host takes: types, descriptions and choices, and nothing that leads elsewhere. */
function plainSchema(
  input: z.ZodObject,
  about: Readonly<Record<string, string | undefined>>,
): ListedTool['inputSchema'] {
  const { properties = {}, required } = z.toJSONSchema(input, { io: 'input' });
  const plain = Object.entries(properties).map(([name, property]) => [
    name,
    plainProperty(property as Property, about[name]),
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(plain),
    ...(required && { required }),
    additionalProperties: false,
  };
}

function plainProperty({ type, description, items, minimum, maximum, ...rest }: Property, about: string | undefined) {
  return {
    type,
    ...(rest.enum && { enum: rest.enum }),
    ...(items && { items: { type: items.type } }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...((about ?? description) && { description: about ?? description }),
  };
}
