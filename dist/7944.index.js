// build/src/cli/completion-places.js build/src/cli/completion-scripts.js build/src/cli/completion.js
"use strict";exports.id=7944,exports.ids=[7944],exports.modules={97944:((e,t,n)=>{n.d(t,{completionFor:()=>completionFor});var r=n(67375);function placesOf(e,t=``){let n=e.commands.filter(e=>e.name()!==`help`),r=e.registeredArguments.flatMap(({argChoices:e=[]})=>e);return[{path:t,options:[...e.options.map(toFlag),i],words:[...n.map(e=>({word:e.name(),about:e.description()})),...r.map(e=>({word:e,about:``}))]},...n.flatMap(e=>placesOf(e,`${t} ${e.name()}`.trim()))]}let i={short:`-h`,long:`--help`,about:`show help`,takes:`nothing`,values:[]};function toFlag({short:e,long:t,flags:n,description:r,required:i,argChoices:a}){let o=i?/<file>/.test(n)?`file`:/<folder>/.test(n)?`folder`:`value`:`nothing`;return{short:e,long:t??``,about:r,takes:o,values:a??[]}}function bashScript(e){return`# bash completion for pace
_pace() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" place="" i
  [[ $cur == "=" ]] && cur=""
  [[ $prev == "=" ]] && prev="\${COMP_WORDS[COMP_CWORD-2]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${place:+$place }\${COMP_WORDS[i]}" in
      ${pathPattern(e)}) place="\${place:+$place }\${COMP_WORDS[i]}" ;;
    esac
  done
  local words="" options="" values="-"
  case "$place" in
${e.map(shellCase).join(`
`)}
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
`}function zshScript(e){return`#compdef pace
_pace() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" place="" i
  for ((i = 2; i < CURRENT; i++)); do
    case "\${place:+$place }\${words[i]}" in
      ${pathPattern(e)}) place="\${place:+$place }\${words[i]}" ;;
    esac
  done
  if [[ $cur == --*=* ]]; then
    prev="\${cur%%=*}"
    compset -P '*='
  fi
  local words="" options="" values="-"
  case "$place" in
${e.map(shellCase).join(`
`)}
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
`}function fishScript(e){let t=e.flatMap(({path:e,options:t,words:n})=>{let r=`complete -c pace -n '__pace_at "${e}"'`;return[...n.map(({word:e,about:t})=>`${r} -f -a ${e}${described(t)}`),...t.map(e=>`${r}${fishFlag(e)}`)]});return`# fish completion for pace
function __pace_at
    set -l place
    for word in (commandline -opc)[2..]
        if contains -- (string join ' ' $place $word) ${e.filter(({path:e})=>e).map(({path:e})=>`'${e}'`).join(` `)}
            set place $place $word
        end
    end
    test "$place" = "$argv[1]"
end
complete -c pace -f
${t.join(`
`)}
`}function pathPattern(e){return e.filter(({path:e})=>e!==``).map(({path:e})=>`"${e}"`).join(`|`)}function shellCase({path:e,options:t,words:n}){let r=t.filter(({takes:e})=>e!==`nothing`),i=t.flatMap(({short:e,long:t})=>[t,...e?[e]:[]]),a=r.map(e=>`        ${namesOf(e).join(`|`)}) values="${valuesOf(e)}" ;;`);return`    "${e}")
      words="${n.map(({word:e})=>e).join(` `)}"
      options="${i.join(` `)}"
      case "$prev" in
${a.join(`
`)}
      esac ;;`.replace(`

`,`
`)}function namesOf({short:e,long:t}){return[...e?[e]:[],t]}function valuesOf({takes:e,values:t}){return e===`file`||e===`folder`?`@${e}`:t.join(` `)}function fishFlag({short:e,long:t,about:n,takes:r,values:i}){return`${`${e?` -s ${e.slice(1)}`:``} -l ${t.slice(2)}`}${r===`nothing`?``:r===`value`?` -x`:` -r -F`}${i.length>0?` -a '${i.join(` `)}'`:``}${described(n)}`}function described(e){return e===``?``:` -d '${e.replaceAll(`\\`,``).replaceAll(`'`,`\u2019`)}'`}let a={bash:bashScript,zsh:zshScript,fish:fishScript};function completionFor(e){return async({shell:t},{shell:n})=>{let i=new r.uB(`pace`).version(``);e(i,t),await t.stdout.write(a[n](placesOf(i)))}}})};
