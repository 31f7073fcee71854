#compdef chatmail-check
# zsh completion of chatmail-check
_chatmail_check() {
  local -a lines closed open
  local line word text
  lines=("${(@f)$("${(Q)words[1]}" complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  for line in "${(@)lines[2,-1]}"; do
    word=${line%%$'\t'*}
    text=${line#*$'\t'}
    line=${word//:/\\:}${text:+:$text}
    if [[ $word == *[=:,/.+] ]]; then open+=("$line"); else closed+=("$line"); fi
  done
  (( $#closed )) && _describe -V 'chatmail-check' closed
  (( $#open )) && _describe -V 'chatmail-check' open -S ''
  if [[ $lines[1] == (files|folders) ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '*='
    if [[ $lines[1] == files ]]; then _files; else _files -/; fi
  fi
}
if [[ $funcstack[1] == _chatmail-check ]]; then _chatmail_check "$@"; else compdef _chatmail_check chatmail-check; fi
