/** Finds the rule that a SARIF result speaks of, and the level that the run gives it; notifications have the same. */

import { defined } from '../../../../core/defined.ts';
import { isRecord } from '../../../../core/record.ts';
import { indexOf, objects, stringOf } from '../json.ts';

/** An object of the log; nothing in it is believed before it is looked at. */
export type Json = Readonly<Record<string, unknown>>;

export interface RuleBook {
  /** §3.27.7, §3.52: by index where the id agrees, else by guid, else by id (`RULE/sub` is a case of `RULE`). */
  ruleOf(result: Json): Json | undefined;
  /** §3.27.10 for a result without a level of its own. */
  levelOf(result: Json, rule: Json | undefined): string;
}

interface Component {
  readonly rules: readonly Json[];
  readonly byId: ReadonlyMap<string, Json>;
  readonly byGuid: ReadonlyMap<string, Json>;
}

/** What is described: §3.19.23 the rules, or §3.19.24 the notifications, and where an invocation changes their levels. */
const OVERRIDES = {
  rules: 'ruleConfigurationOverrides',
  notifications: 'notificationConfigurationOverrides',
} as const;

type Described = keyof typeof OVERRIDES;

export function createRuleBook(run: Json, described: Described = 'rules'): RuleBook {
  const tool = isRecord(run.tool) ? run.tool : {};
  const find = createFinder(isRecord(tool.driver) ? tool.driver : {}, objects(tool.extensions), described);
  const invocations = Array.isArray(run.invocations) ? run.invocations : [];
  const overrides = createOverrides(invocations, OVERRIDES[described], find);
  return {
    ruleOf: (result) => find(reference({ ...(isRecord(result.rule) ? result.rule : {}), ...ownReference(result) })),
    levelOf: (result, rule) => overrides(result, rule) ?? configuredLevel(rule?.defaultConfiguration) ?? 'warning',
  };
}

/** `reportingDescriptorReference` (§3.52), in a result also `ruleId` and `ruleIndex`. */
interface Reference {
  readonly id?: string;
  readonly index?: number;
  readonly guid?: string;
  readonly toolComponent?: Json;
}

function reference(value: unknown): Reference {
  if (!isRecord(value)) return {};
  const id = stringOf(value.id);
  const index = indexOf(value.index);
  const guid = stringOf(value.guid);
  return defined({ id, index, guid, toolComponent: isRecord(value.toolComponent) ? value.toolComponent : undefined });
}

function ownReference({ ruleId, ruleIndex }: Json): Json {
  return defined({ id: stringOf(ruleId), index: indexOf(ruleIndex) });
}

function component(json: Json, described: Described): Component {
  const rules = json[described];
  const list = Array.isArray(rules) ? rules.map((rule) => (isRecord(rule) ? rule : {})) : [];
  return {
    rules: list,
    byId: new Map(list.map((rule) => [stringOf(rule.id) ?? '', rule])),
    byGuid: new Map(list.map((rule) => [stringOf(rule.guid) ?? '', rule])),
  };
}

type Finder = (reference: Reference) => Json | undefined;

function createFinder(driverJson: Json, extensions: readonly Json[], described: Described): Finder {
  const driver = component(driverJson, described);
  const others = extensions.map((extension) => component(extension, described));
  function componentOf({ toolComponent }: Reference): readonly Component[] {
    if (toolComponent === undefined) return [driver, ...others];
    const index = indexOf(toolComponent.index);
    const named =
      index === undefined
        ? others.find((_, position) => isNamed(extensions[position] ?? {}, toolComponent))
        : others[index];
    return [named ?? driver];
  }
  return (wanted) => {
    const components = componentOf(wanted);
    const first = components[0];
    const indexed = wanted.index === undefined ? undefined : first?.rules[wanted.index];
    if (indexed !== undefined && agrees(indexed, wanted.id)) return indexed;
    const same = components.map(({ byGuid }) => byGuid.get(wanted.guid ?? ' ')).find((rule) => rule !== undefined);
    if (same !== undefined) return same;
    return wanted.id === undefined ? undefined : byId(components, wanted.id);
  };
}

function isNamed(extension: Json, { name, guid }: Json): boolean {
  return (guid !== undefined && extension.guid === guid) || (name !== undefined && extension.name === name);
}

function agrees(rule: Json, id: string | undefined): boolean {
  return id === undefined || rule.id === id || id.startsWith(`${stringOf(rule.id) ?? id}/`);
}

/** `RULE/sub` has one; an id may be written to hold any number of slashes. */
const DEEPEST = 20;

function byId(components: readonly Component[], id: string): Json | undefined {
  let name = id;
  for (let depth = 0; name !== '' && depth < DEEPEST; depth += 1) {
    for (const { byId } of components) {
      const rule = byId.get(name);
      if (rule !== undefined) return rule;
    }
    name = name.slice(0, Math.max(0, name.lastIndexOf('/')));
  }
  return undefined;
}

/** §3.20.5. The one invocation of a run is meant also where `provenance` does not say so. */
function createOverrides(
  invocations: readonly unknown[],
  key: (typeof OVERRIDES)[Described],
  find: Finder,
): (result: Json, rule: Json | undefined) => string | undefined {
  const levels = invocations.map((invocation) => {
    const overrides = isRecord(invocation) ? objects(invocation[key]) : [];
    return new Map(overrides.map((one) => [find(reference(one.descriptor)), configuredLevel(one.configuration)]));
  });
  return (result, rule) => {
    const given = isRecord(result.provenance) ? indexOf(result.provenance.invocationIndex) : undefined;
    const index = given ?? (levels.length === 1 ? 0 : -1);
    return rule === undefined ? undefined : levels[index]?.get(rule);
  };
}

function configuredLevel(configuration: unknown): string | undefined {
  return isRecord(configuration) ? stringOf(configuration.level) : undefined;
}
