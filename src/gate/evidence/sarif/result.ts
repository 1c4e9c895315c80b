/** One result of a SARIF run in the words of the gate. */
import { isRecord } from '../../../../core/record.ts';
import { objects, stringOf } from '../json.ts';
import { type ArtifactPlace, placeOfResult } from './location.ts';
import type { Json, RuleBook } from './rules.ts';

/** Of a message and of each of its arguments: together they must stay small. */
const LONGEST = 2_000;

export interface SarifResult {
  readonly level: 'error' | 'warning' | 'other';
  readonly suppressed: boolean;
  /** Known before, or gone: the scanner compared with a baseline. */
  readonly inBaseline: boolean;
  /** Rule and file; no line. */
  readonly check: string;
  readonly place: Omit<ArtifactPlace, 'shown'>;
  readonly message: () => string;
  readonly help: () => { readonly url?: string };
}

export function sarifResult(result: Json, run: Json, rules: RuleBook, cwd: string): SarifResult {
  const rule = rules.ruleOf(result);
  const { shown, ...place } = placeOfResult(result, run, cwd);
  const id =
    stringOf(result.ruleId) ?? (isRecord(result.rule) ? stringOf(result.rule.id) : undefined) ?? stringOf(rule?.id);
  const message = () => messageOf(result, rule);
  return {
    level: levelOf(result, rule, rules),
    suppressed: isSuppressed(result),
    inBaseline: result.baselineState === 'unchanged' || result.baselineState === 'absent',
    // without a rule the message is all that tells two results apart
    check: `${id ?? (message().split('\n')[0] || 'no rule')}${shown === undefined ? '' : ` in ${shown}`}`,
    place,
    message,
    help: () => helpOf(rule),
  };
}

/** §3.27.9, §3.27.10: only kind `fail`, the default, has a level. A word that SARIF does not know counts as an error. */
function levelOf(result: Json, rule: Json | undefined, rules: RuleBook): SarifResult['level'] {
  const { kind } = result;
  if (typeof kind === 'string' && ['pass', 'open', 'informational', 'notApplicable', 'review'].includes(kind))
    return 'other';
  const level = stringOf(result.level) ?? rules.levelOf(result, rule);
  if (level === 'warning') return 'warning';
  return level === 'note' || level === 'none' ? 'other' : 'error';
}

/** §3.27.23, §3.35.3: suppressed when there is a suppression and none of them is under review or rejected. */
function isSuppressed({ suppressions }: Json): boolean {
  const all = objects(suppressions);
  return all.length > 0 && all.every(({ status }) => status === undefined || status === null || status === 'accepted');
}

/** §3.11: text, or a message of the rule with placeholders. */
function messageOf(result: Json, rule: Json | undefined): string {
  const message = isRecord(result.message) ? result.message : {};
  const text = stringOf(message.text) ?? stringOf(message.markdown) ?? ruleMessage(stringOf(message.id), rule);
  const words = Array.isArray(message.arguments) ? message.arguments : [];
  return (
    text
      ?.slice(0, LONGEST)
      .replace(/\{(\d{1,3})\}/g, (whole, index) => stringOf(words[Number(index)])?.slice(0, LONGEST) ?? whole) ||
    textOf(rule?.shortDescription) ||
    textOf(rule?.fullDescription) ||
    'no message'
  );
}

function ruleMessage(id: string | undefined, rule: Json | undefined): string | undefined {
  if (id === undefined || !isRecord(rule?.messageStrings) || !Object.hasOwn(rule.messageStrings, id)) return undefined;
  return textOf(rule.messageStrings[id]);
}

function textOf(message: unknown): string | undefined {
  return isRecord(message) ? stringOf(message.text) : undefined;
}

function helpOf(rule: Json | undefined): { url?: string } {
  const uri = stringOf(rule?.helpUri);
  if (uri === undefined || !URL.canParse(uri)) return {};
  const { protocol, href } = new URL(uri);
  return /^https?:$/.test(protocol) && href.length <= 500 ? { url: href } : {};
}
