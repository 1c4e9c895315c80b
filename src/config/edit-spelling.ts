/** How keys and values are written in a YAML text, in the manner of the rest of the file. */
import { isScalar, visit } from 'yaml';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';

/** Without quotes, or in which ones. */
export type Style = 'plain' | 'single' | 'double';

/** A key, in quotes where it would be something else without them. */
export function keyWord(key: string): string {
  return /^(?!(?:null|true|false)$)[a-z_][\w-]*$/i.test(key) ? key : JSON.stringify(key);
}

/** All ways to write the value, the one that fits best first. */
export function spellings(value: string, before: Style, quotes: Style): string[] {
  const written: Readonly<Record<Style, string>> = {
    plain: value,
    single: `'${value.replaceAll("'", "''")}'`,
    double: JSON.stringify(value).replace(UNSEEN, escaped),
  };
  // other programs see the end of a line, or of the file, where ours does not
  const styles: Style[] = value.search(UNSEEN) >= 0 ? ['double'] : [before, quotes, 'single', 'double'];
  return [...new Set(styles)].map((style) => written[style]);
}

const UNSEEN = /[\p{Cc}\u2028\u2029\ufeff]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The quotes that the file has most of. */
export function ownQuotes({ document }: YamlFile): Style {
  const styles: Style[] = [];
  visit(document, { Scalar: (_, node) => void styles.push(styleOf(node)) });
  const count = (style: Style) => styles.filter((one) => one === style).length;
  return count('double') > count('single') ? 'double' : 'single';
}

/** How a value is written; what is no text counts as plain. */
export function styleOf(node: unknown): Style {
  if (!isScalar(node)) return 'plain';
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  return node.type === 'QUOTE_SINGLE' ? 'single' : 'plain';
}
