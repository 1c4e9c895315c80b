/** The scripts themselves. All words in them are our own, of letters and dashes; descriptions are quoted. Pure. */
import type { CompletionPlace, Flag } from './completion-places.ts';

/** https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
export function bashScript(places: readonly CompletionPlace[]): string {
  return `# bash completion for pace
_pace() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" place="" i
  [[ $cur == "=" ]] && cur=""
  [[ $prev == "=" ]] && prev="\${COMP_WORDS[COMP_CWORD-2]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${place:+$place }\${COMP_WORDS[i]}" in
      ${pathPattern(places)}) place="\${place:+$place }\${COMP_WORDS[i]}" ;;
    esac
  done
  local words="" options="" values="-"
  case "$place" in
${places.map(shellCase).join('\n')}
  esac
  case "$values" in
    -) ;;
    @file) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    @folder) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    *) COMPREPLY=($(compgen -W "$values" -- "$cur")); return ;;
  esac
  [[ $cur == -* ]] && words="$options"
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o filenames -F _pace pace
`;
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
export function zshScript(places: readonly CompletionPlace[]): string {
  return `#compdef pace
_pace() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" place="" i
  for ((i = 2; i < CURRENT; i++)); do
    case "\${place:+$place }\${words[i]}" in
      ${pathPattern(places)}) place="\${place:+$place }\${words[i]}" ;;
    esac
  done
  if [[ $cur == --*=* ]]; then
    prev="\${cur%%=*}"
    compset -P '*='
  fi
  local words="" options="" values="-"
  case "$place" in
${places.map(shellCase).join('\n')}
  esac
  case "$values" in
    -) ;;
    @file) _files; return ;;
    @folder) _files -/; return ;;
    *) compadd -- \${=values}; return ;;
  esac
  [[ $cur == -* ]] && words="$options"
  compadd -- \${=words}
}
compdef _pace pace
`;
}

/** https://fishshell.com/docs/current/completions.html */
export function fishScript(places: readonly CompletionPlace[]): string {
  const lines = places.flatMap(({ path, options, words }) => {
    const at = `complete -c pace -n '__pace_at "${path}"'`;
    return [
      ...words.map(({ word, about }) => `${at} -f -a ${word}${described(about)}`),
      ...options.map((flag) => `${at}${fishFlag(flag)}`),
    ];
  });
  return `# fish completion for pace
function __pace_at
    set -l place
    for word in (commandline -opc)[2..]
        if contains -- (string join ' ' $place $word) ${places
          .filter(({ path }) => path)
          .map(({ path }) => `'${path}'`)
          .join(' ')}
            set place $place $word
        end
    end
    test "$place" = "$argv[1]"
end
complete -c pace -f
${lines.join('\n')}
`;
}

function pathPattern(places: readonly CompletionPlace[]): string {
  return places
    .filter(({ path }) => path !== '')
    .map(({ path }) => `"${path}"`)
    .join('|');
}

/** Sets \`words\`, \`options\` and \`values\`: \`-\` where any word may stand. */
function shellCase({ path, options, words }: CompletionPlace): string {
  const valued = options.filter(({ takes }) => takes !== 'nothing');
  const names = options.flatMap(({ short, long }) => [long, ...(short ? [short] : [])]);
  const cases = valued.map((flag) => `        ${namesOf(flag).join('|')}) values="${valuesOf(flag)}" ;;`);
  return `    "${path}")
      words="${words.map(({ word }) => word).join(' ')}"
      options="${names.join(' ')}"
      case "$prev" in
${cases.join('\n')}
      esac ;;`.replace('\n\n', '\n');
}

function namesOf({ short, long }: Flag): string[] {
  return [...(short ? [short] : []), long];
}

function valuesOf({ takes, values }: Flag): string {
  return takes === 'file' || takes === 'folder' ? `@${takes}` : values.join(' ');
}

function fishFlag({ short, long, about, takes, values }: Flag): string {
  const names = `${short ? ` -s ${short.slice(1)}` : ''} -l ${long.slice(2)}`;
  const value = takes === 'nothing' ? '' : takes === 'value' ? ' -x' : ' -r -F';
  return `${names}${value}${values.length > 0 ? ` -a '${values.join(' ')}'` : ''}${described(about)}`;
}

function described(about: string): string {
  return about === '' ? '' : ` -d '${about.replaceAll('\\', '').replaceAll("'", '’')}'`;
}
