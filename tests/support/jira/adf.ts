/**
 * Says in which ways a value breaks the structure of an ADF document: which nodes may stand in which, and what a node must
 * have. Jira answers `INVALID_INPUT` to the whole request for any of these.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */

import { schemaProblems } from './adf-schema.ts';

const INLINE = ['text', 'hardBreak', 'mention', 'emoji', 'inlineCard', 'date', 'status'];
const LISTS = ['bulletList', 'orderedList'];
const MEDIA = ['mediaSingle', 'mediaGroup'];
const NESTED = ['paragraph', 'heading', ...LISTS, 'taskList', 'codeBlock', 'blockquote', 'rule', 'panel', ...MEDIA];
const CELL = [...NESTED, 'nestedExpand'];

interface Rule {
  readonly children: readonly string[];
  readonly atLeast?: number;
  readonly first?: readonly string[];
}

const RULES: Readonly<Record<string, Rule>> = {
  doc: { children: [...NESTED, 'table', 'expand'] },
  paragraph: { children: INLINE },
  heading: { children: INLINE },
  taskItem: { children: INLINE },
  codeBlock: { children: ['text'] },
  bulletList: { children: ['listItem'], atLeast: 1 },
  orderedList: { children: ['listItem'], atLeast: 1 },
  listItem: {
    children: ['paragraph', ...LISTS, 'taskList', 'codeBlock', 'mediaSingle'],
    atLeast: 1,
    first: ['paragraph', 'codeBlock', 'mediaSingle'],
  },
  taskList: { children: ['taskItem', 'taskList'], atLeast: 1, first: ['taskItem'] },
  blockquote: { children: ['paragraph', ...LISTS, 'codeBlock', ...MEDIA], atLeast: 1 },
  panel: { children: ['paragraph', 'heading', ...LISTS, 'taskList', 'codeBlock', 'rule'], atLeast: 1 },
  table: { children: ['tableRow'], atLeast: 1 },
  tableRow: { children: ['tableHeader', 'tableCell'], atLeast: 1 },
  tableHeader: { children: CELL, atLeast: 1 },
  tableCell: { children: CELL, atLeast: 1 },
  expand: { children: [...NESTED, 'table'], atLeast: 1 },
  nestedExpand: { children: ['paragraph', 'heading', ...LISTS, 'taskList', 'codeBlock', 'rule'], atLeast: 1 },
  mediaSingle: { children: ['media'], atLeast: 1 },
  mediaGroup: { children: ['media'], atLeast: 1 },
};
const LEAVES = [...INLINE, 'rule', 'media'];
const KEYS = ['type', 'attrs', 'content', 'marks', 'text'];
const MARKS = ['strong', 'em', 'strike', 'underline', 'code', 'link', 'subsup', 'textColor'];

type Json = Record<string, unknown>;

/** Every problem with the place where it is; `[]` for a valid document. */
export function adfProblems(document: unknown): string[] {
  if (!isMap(document)) return ['Operation value must be an Atlassian Document'];
  const { version, ...root } = document;
  const problems: string[] = [];
  if (root['type'] !== 'doc') problems.push('the root is no doc');
  if (version !== 1) problems.push('version is not 1');
  const ids = new Set<unknown>();
  nodeProblems(root, 'doc', ids, problems);
  // it says less well what is wrong, and knows every attribute
  return problems.length > 0 ? problems : schemaProblems(document);
}

function nodeProblems(node: Json, where: string, ids: Set<unknown>, problems: string[]): void {
  const type = String(node['type']);
  const report = (problem: string) => void problems.push(`${where}: ${problem}`);
  const unknown = Object.keys(node).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) report(`unknown properties ${unknown.join(', ')}`);
  if (type === 'text') textProblems(node, where.includes('codeBlock'), report);
  else if (node['text'] !== undefined || node['marks'] !== undefined) report('text or marks on a node that has none');
  attributeProblems(type, isMap(node['attrs']) ? node['attrs'] : {}, ids, report);
  const children = Array.isArray(node['content']) ? node['content'] : [];
  const rule = RULES[type];
  if (!rule) {
    if (!LEAVES.includes(type)) report('unknown node type');
    if (children.length > 0) report('a leaf with content');
    return;
  }
  if (node['content'] === undefined && type !== 'codeBlock') report('content is missing');
  if (children.length < (rule.atLeast ?? 0)) report(`fewer than ${rule.atLeast} children`);
  for (const [index, child] of children.entries()) {
    const childType = isMap(child) ? String(child['type']) : typeof child;
    const allowed = index === 0 ? (rule.first ?? rule.children) : rule.children;
    if (!allowed.includes(childType)) report(`${childType} is not allowed as child ${index}`);
    if (isMap(child)) nodeProblems(child, `${where}/${index}:${childType}`, ids, problems);
  }
}

function textProblems(node: Json, inCode: boolean, report: (problem: string) => void): void {
  const { text, marks = [] } = node;
  if (typeof text !== 'string' || text === '') return void report('empty text');
  if (!inCode && /[\n\r]/.test(text)) report('text with a line end');
  if (!text.isWellFormed() || /(?![\t\n])\p{Cc}/u.test(text)) report('text with a half or control character');
  if (!Array.isArray(marks)) return void report('marks is not a list');
  if (inCode && marks.length > 0) report('marks in a code block');
  const types = marks.map((mark) => (isMap(mark) ? String(mark['type']) : ''));
  if (new Set(types).size < types.length) report('a mark twice');
  if (types.some((type) => !MARKS.includes(type))) report(`unknown mark among ${types.join(', ')}`);
  if (types.includes('code') && types.some((type) => type !== 'code' && type !== 'link'))
    report('code with other marks');
  for (const mark of marks) {
    const href = isMap(mark) && mark['type'] === 'link' && isMap(mark['attrs']) ? mark['attrs']['href'] : 'https://x';
    if (typeof href !== 'string' || !/^(https?:\/\/.|mailto:.)/i.test(href)) report(`link to ${String(href)}`);
  }
}

function attributeProblems(type: string, attrs: Json, ids: Set<unknown>, report: (problem: string) => void): void {
  const { level, order, localId, state, title, language } = attrs;
  if (type === 'heading' && !(Number.isInteger(level) && Number(level) >= 1 && Number(level) <= 6)) report('bad level');
  if (type === 'orderedList' && order !== undefined && !(Number.isInteger(order) && Number(order) >= 0))
    report('bad order');
  if (type === 'taskItem' && state !== 'TODO' && state !== 'DONE') report('bad state');
  if (type === 'taskItem' || type === 'taskList') {
    if (typeof localId !== 'string' || localId === '') report('localId is missing');
    if (ids.has(localId)) report(`localId ${String(localId)} is there twice`);
    ids.add(localId);
  }
  if (type === 'expand' && title !== undefined && typeof title !== 'string') report('bad title');
  if (type === 'codeBlock' && language !== undefined && typeof language !== 'string') report('bad language');
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
