/** One result of a SARIF run in the words of the gate. */
import { isRecord } from '../../../../core/record.ts';
import { objects, stringOf } from '../json.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type ArtifactPlace, exactPlace, outsidePlace, placeOfResult } from './location.ts';
import type { Json, RuleBook } from './rules.ts';
import { levelNamed, type SarifLevel, securitySeverity } from './severity.ts';

/** Of a message and of each of its arguments: together they must stay small. */
const LONGEST = 2_000;

/** Names that linters give to code which they could not compile or read. */
const UNREADABLE =
  /^(?:invalid-)?(?:compil(?:e|er|ation)|config|pars(?:e|er|ing)|syntax|type-?check)(?:[-_ ]?(?:error|failure))?$/i;

const OTHER_KINDS = new Set(['pass', 'open', 'informational', 'notApplicable', 'review']);

export interface SarifResult {
  readonly level: SarifLevel;
  /** The scanner's score, from 0 to 10; none of what is no failure. */
  readonly severity: () => number | undefined;
  readonly suppressed: boolean;
  /** Known before, or gone: the scanner compared with a baseline. */
  readonly inBaseline: boolean;
  /** Rule and file; no line. */
  readonly check: string;
  readonly place: Omit<ArtifactPlace, 'shown'>;
  /** Where it stands, for a place that is not in the workspace. */
  readonly outside: string;
  readonly message: () => string;
  readonly fingerprint: () => string | undefined;
  /** What tells it from another of the same check, line and message, beside its fingerprint. */
  readonly exact: () => string;
  readonly help: () => { readonly url?: string };
}

export function sarifResult(result: Json, run: Json, rules: RuleBook, cwd: string): SarifResult {
  const rule = rules.ruleOf(result);
  const where = placeOfResult(result, run, cwd);
  const { shown, ...place } = where;
  const id =
    stringOf(result.ruleId) ?? (isRecord(result.rule) ? stringOf(result.rule.id) : undefined) ?? stringOf(rule?.id);
  const message = () => messageOf(result, rule) ?? 'no message';
  return {
    level: levelOf(result, id, rule, rules),
    severity: () => (isFailure(result) ? securitySeverity(result, rule) : undefined),
    suppressed: isSuppressed(result),
    inBaseline: result.baselineState === 'unchanged' || result.baselineState === 'absent',
    // without a rule the message is all that tells two results apart
    check: `${id ?? (message().split('\n')[0] || 'no rule')}${shown === undefined ? '' : ` in ${shown}`}`,
    place,
    outside: outsidePlace(where),
    message,
    fingerprint: () => fingerprintOf(result),
    exact: () => exactPlace(result),
    help: () => helpOf(rule),
  };
}

/** §3.27.9: what is not said to be another kind of result is a failure. */
function isFailure({ kind }: Json): boolean {
  return typeof kind !== 'string' || !OTHER_KINDS.has(kind);
}

/**
 * §3.27.9, §3.27.10: only kind `fail`, the default, has a level; one that a person has to look at is believed when it has one all
 * the same. A word that SARIF does not know counts as an error, and so does code that a linter without rules for that could not read.
 */
function levelOf(result: Json, id: string | undefined, rule: Json | undefined, rules: RuleBook): SarifLevel {
  const own = stringOf(result.level);
  if (result.kind === 'open' || result.kind === 'review')
    return own === undefined || own === 'none' ? 'review' : levelNamed(own);
  if (!isFailure(result)) return 'none';
  if (own === undefined && rule === undefined && UNREADABLE.test(id ?? '')) return 'error';
  return levelNamed(own ?? rules.levelOf(result, rule));
}

/** §3.27.23, §3.35.3: suppressed when there is a suppression and none of them is under review or rejected. */
function isSuppressed({ suppressions }: Json): boolean {
  const all = objects(suppressions);
  return all.length > 0 && all.every(({ status }) => status === undefined || status === null || status === 'accepted');
}

/** §3.11: text, or a message of the rule with placeholders. */
export function messageOf(result: Json, rule: Json | undefined): string | undefined {
  const message = isRecord(result.message) ? result.message : {};
  const text = stringOf(message.text) ?? stringOf(message.markdown) ?? ruleMessage(stringOf(message.id), rule);
  const words = Array.isArray(message.arguments) ? message.arguments : [];
  return (
    (text && filled(text.slice(0, LONGEST), words)) ||
    textOf(rule?.shortDescription) ||
    textOf(rule?.fullDescription) ||
    undefined
  );
}

/** With its arguments, as long as they are short in all: a text may name one of them any number of times. */
function filled(text: string, words: readonly unknown[]): string {
  let room = 2 * LONGEST;
  return text.replace(/\{(\d{1,3})\}/g, (whole, index) => {
    const word = stringOf(words[Number(index)])?.slice(0, Math.min(room, LONGEST));
    room -= word?.length ?? 0;
    return word ?? whole;
  });
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
