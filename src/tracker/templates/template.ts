/**
 * A template of issues as a repository keeps it: Markdown with front matter, or a form. Pure.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
 * https://docs.gitlab.com/user/project/description_templates/ https://docs.gitea.com/usage/issue-pull-request-templates
 */
import { isRecord } from '../../../core/record.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';

export interface IssueTemplate {
  /** The file's name without its ending: `bug_report`. */
  readonly name: string;
  /** What its author calls it; `''` where nothing is said. */
  readonly title: string;
  /** Stands before the issue's own title: `[Bug]: `. */
  readonly titlePrefix: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly type?: string;
}

/** `file`: for messages, and by its ending a form or Markdown. Throws `ConfigError` where the YAML of it cannot be read. */
export function readTemplate(file: string, text: string): IssueTemplate {
  const name = stemOf(file);
  if (/\.ya?ml$/i.test(file)) {
    const form = mappingIn(file, text);
    return { ...headOf(name, form), body: bodyOfForm(form['body']) };
  }
  const { front, body } = splitFront(text);
  return { ...headOf(name, front === undefined ? {} : mappingIn(file, front)), body: body.trim() };
}

/** The file's name without folder and ending. */
export function stemOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.(?:md|markdown|ya?ml)$/i, '');
}

/** The title with what the template puts before it. */
export function titled({ titlePrefix }: IssueTemplate, title: string): string {
  const prefix = titlePrefix.trim();
  return prefix === '' || title.startsWith(prefix) ? title : `${prefix} ${title}`;
}

function headOf(name: string, head: Readonly<Record<string, unknown>>): Omit<IssueTemplate, 'body'> {
  const type = textIn(head['type']);
  return {
    name,
    title: textIn(head['name']),
    titlePrefix: textIn(head['title']),
    labels: listIn(head['labels']),
    assignees: listIn(head['assignees']),
    ...(type === '' ? {} : { type: type.toLowerCase() }),
  };
}

function mappingIn(file: string, text: string): Readonly<Record<string, unknown>> {
  const yaml = parseYaml(file, text);
  if (yaml.problems.length > 0) throw new ConfigError(yaml.problems);
  if (isRecord(yaml.value)) return yaml.value;
  throw new ConfigError([
    yaml.problemAtOffset(0, 'A template begins with a mapping of names to values, and this one does not.'),
  ]);
}

function splitFront(text: string): { readonly front?: string; readonly body: string } {
  const found = /^\ufeff?---[ \t]*\r?\n(?<front>[\s\S]*?\n)?---[ \t]*(?:\r?\n|$)(?<body>[\s\S]*)$/.exec(text)?.groups;
  return found ? { front: found['front'] ?? '', body: found['body'] ?? '' } : { body: text };
}

/** The questions as headings, as the host writes the answers; what is only shown to the person is left out. */
function bodyOfForm(body: unknown): string {
  const elements = Array.isArray(body) ? body.filter(isRecord) : [];
  return elements.flatMap(elementText).join('\n\n');
}

function elementText({ type, attributes }: Readonly<Record<string, unknown>>): string[] {
  if (type === 'markdown' || !isRecord(attributes)) return [];
  const label = textIn(attributes['label']);
  if (label === '') return [];
  const hints = [textIn(attributes['description']), choicesIn(type, attributes['options'])].filter(Boolean);
  const hint = hints.length > 0 ? [`<!-- ${hints.join(' ').replaceAll('-->', '')} -->`] : [];
  const answer =
    type === 'checkboxes' ? boxesIn(attributes['options']) : fenced(textIn(attributes['value']), attributes);
  return [[`### ${label}`, ...hint, ...(answer === '' ? [] : [answer])].join('\n\n')];
}

function choicesIn(type: unknown, options: unknown): string {
  const names = type === 'dropdown' && Array.isArray(options) ? options.map(textIn).filter(Boolean) : [];
  return names.length > 0 ? `One of: ${names.join(', ')}.` : '';
}

function boxesIn(options: unknown): string {
  const boxes = Array.isArray(options) ? options.filter(isRecord) : [];
  return boxes.map(({ label }) => `- [ ] ${textIn(label)}`).join('\n');
}

/** What has `render` is code in its language. */
function fenced(value: string, { render }: Readonly<Record<string, unknown>>): string {
  const language = textIn(render);
  return value === '' || language === '' ? value : `\`\`\`${language}\n${value}\n\`\`\``;
}

function textIn(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
}

/** A list, or one text with commas. */
function listIn(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(textIn) : textIn(value).split(',');
  return items.map((item) => item.trim()).filter(Boolean);
}
