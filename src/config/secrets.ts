/** Secrets never stand in a file that is committed: finding those that do, and reading references to the environment. */
import { isScalar, type Pair, visit } from 'yaml';
import { findSecrets, hideSecrets } from '../../core/text/secret-shapes.ts';
import type { World } from '../../core/world.ts';
import { keyText, startOf } from '../../core/yaml/positions.ts';
import { MAX_PROBLEMS, type Problem, type Redact } from '../../core/yaml/problems.ts';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';
import { aliasTargets, type Targets } from '../../core/yaml/yaml-tree.ts';

export interface LiteralSecrets {
  readonly problems: readonly Problem[];
  /** Hides every secret of the file in a text. */
  readonly redact: Redact;
}

interface Literal {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

const REMEDY =
  'Please keep it in an environment variable and write `env:NAME` here. If it was ever committed or shared, revoke it.';

/** Everything in the file that is a credential: by its shape, also in comments, or by the name of its key. */
export function literalSecrets(yaml: YamlFile): LiteralSecrets {
  const shaped = findSecrets(yaml.text).map(({ what, start, end }) => ({
    ...{ what: `This looks like ${what}`, start, end },
    text: yaml.text.slice(start, end),
  }));
  const named = namedSecrets(yaml).filter(
    (literal) => !shaped.some(({ start, end }) => start < literal.end && literal.start < end),
  );
  return {
    problems: [...shaped, ...named].map(({ what, start }) =>
      yaml.problemAtOffset(start, `${what}, and a secret must not be in this file. ${REMEDY}`),
    ),
    redact: redactionOf(named.map(({ text }) => text)),
  };
}

function redactionOf(secrets: readonly string[]): Redact {
  // hiding a text of one or two letters would only make every message unreadable
  const texts = [...new Set(secrets)].filter(({ length }) => length > 3).sort((a, b) => b.length - a.length);
  // looking for thousands of texts would take minutes: nothing is shown then
  if (texts.length > MAX_PROBLEMS) return () => '***';
  return (text) => texts.reduce((rest, secret) => rest.replaceAll(secret, '***'), hideSecrets(text));
}

function namedSecrets(yaml: YamlFile): Literal[] {
  const found: Literal[] = [];
  const targets = aliasTargets(yaml.document);
  visit(yaml.document, {
    Pair(_, pair) {
      const literal = literalOf(targets, pair);
      if (literal) found.push(literal);
    },
  });
  return found;
}

function literalOf(targets: Targets, pair: Pair): Literal | undefined {
  const key = keyText(pair) ?? '';
  if (!isSecretKey(key)) return undefined;
  const node = targets.get(pair.value) ?? pair.value;
  if (!isScalar(node)) return undefined;
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const harmless =
    text === '' ||
    typeof node.value === 'boolean' ||
    node.value === null ||
    isReference(text) ||
    isSchemeAndReference(text);
  if (harmless || (typeof node.value === 'number' && !isSecretWord(key))) return undefined;
  const start = startOf(pair.value) ?? 0;
  return { text, start, end: node.range?.[1] ?? start, what: `\`${key}\` holds a secret` };
}

const SECRET_KEY = /(?:^|_)(?:token|password|passwd|passphrase|secret|api_?key|access_key|private_key|credentials?)$/;

/** Whether a value under this key can only be a credential. */
export function isSecretKey(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return SECRET_KEY.test(words.toLowerCase());
}

// `max_token: 4096` is not a secret, `password: 4096` is
function isSecretWord(key: string): boolean {
  return !/[_-]/.test(key);
}

const VARIABLE = '[A-Za-z_][A-Za-z0-9_]*';
const WHOLE = new RegExp(`^(?:env:(${VARIABLE})|\\$\\{(${VARIABLE})\\})$`);
const INSIDE = new RegExp(`\\$\\{(${VARIABLE})\\}`, 'g');

/** Whether a text is a reference to an environment variable and nothing else: `env:NAME` or `${NAME}`. */
export function isReference(text: string): boolean {
  return WHOLE.test(text);
}

/** `Bearer env:NAME`: how a header says what kind of secret follows. */
function isSchemeAndReference(text: string): boolean {
  const [scheme = '', reference = '', ...rest] = text.split(' ');
  return rest.length === 0 && /^[A-Za-z]{1,20}$/.test(scheme) && isReference(reference);
}

const REFERENCES = new RegExp(`(?<![A-Za-z0-9_])env:(${VARIABLE})|\\$\\{(${VARIABLE})\\}`, 'g');

/** Whether `env:NAME` or `${NAME}` stands anywhere in the text. */
export function holdsReference(text: string): boolean {
  return namesIn(text).length > 0;
}

/** The variables that a text refers to by `env:NAME` or `${NAME}`, wherever they stand in it. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(REFERENCES)].map(([, name, braced]) => name ?? braced ?? '');
}

/** The text with these references replaced. */
export function withReferences(text: string, lookUp: (name: string) => string): string {
  return text.replace(REFERENCES, (_, name: string | undefined, braced = '') => lookUp(name ?? braced));
}

export interface Resolved {
  readonly text: string;
  /** Names of the variables that are not set, or empty. */
  readonly missing: readonly string[];
  /** It looks like a reference, and is not one. */
  readonly malformed: boolean;
}

/** A text with `env:NAME` (as a whole) and `${NAME}` (anywhere) replaced from the environment. */
export function resolveReferences(text: string, env: World['env']): Resolved {
  const missing: string[] = [];
  const lookUp = (name: string): string => {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (!value) missing.push(name);
    return value ?? '';
  };
  const whole = WHOLE.exec(text);
  const name = whole?.[1] ?? whole?.[2];
  if (name !== undefined) return { text: lookUp(name), missing, malformed: false };
  const malformed = text.startsWith('env:') || text.replace(INSIDE, '').includes('${');
  return { text: text.replace(INSIDE, (_, inside: string) => lookUp(inside)), missing, malformed };
}
