/** Pieces of YAML and shell inside of other files, as texts by themselves. */
import { isMap, isScalar, isSeq, parseAllDocuments, parseDocument, visit } from 'yaml';

export interface Block {
  /** What stands behind the three signs. */
  readonly language: string;
  readonly text: string;
  /** The line on which the text begins, from 1. */
  readonly line: number;
}

/** The blocks of code in a page. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: text = '', index }) => ({
    language,
    text,
    line: markdown.slice(0, index).split('\n').length + 1,
  }));
}

const SCRIPTS = new Set(['script', 'before_script', 'after_script']);

/** The shell scripts of a pipeline of GitLab or Bitbucket, with the job or step that they belong to. */
export function scriptsOf(yaml: string): string[] {
  const scripts: string[] = [];
  visit(parseDocument(yaml), {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !SCRIPTS.has(String(key.value))) return;
      const lines = isSeq(value) ? value.items : [value];
      scripts.push(lines.flatMap((line) => (isScalar(line) ? [String(line.value)] : [])).join('\n'));
    },
  });
  return scripts.filter((script) => script !== '');
}

/** The scripts of the `sh` steps in a Jenkinsfile or a shared library. */
export function jenkinsScripts(groovy: string): string[] {
  return [...groovy.matchAll(/\bsh +(?:label: '[^']*', )?(?:script: )?('''|')([\s\S]*?)\1/g)].map(
    ({ 2: script = '' }) => script,
  );
}

/** The jobs of a GitLab component as they are when no input is given. https://docs.gitlab.com/ci/inputs/ */
export function filledIn(component: string): string {
  const [head, body] = parseAllDocuments(component);
  const inputs = head && isMap(head.contents) ? head.getIn(['spec', 'inputs']) : undefined;
  if (!isMap(inputs) || !body) return component;
  const textOf = (name: string) => JSON.stringify(inputs.toJSON()[name]?.default);
  const jobs = component.slice(component.search(/^---$/m) + '---\n'.length);
  return jobs
    .replace(/^(\s*[\w-]+: )\$\[\[ inputs\.([\w-]+) \]\]$/gm, (_, key: string, name: string) => key + textOf(name))
    .replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => textOf(name).replace(/^"|"$/g, ''));
}
