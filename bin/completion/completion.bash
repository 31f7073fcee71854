# bash completion of chatmail-check
_chatmail_check() {
  local rest=$COMP_LINE word blank i kind prefix line
  local cur=${COMP_WORDS[COMP_CWORD]}
  local -a words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    blank=${rest%%[![:blank:]]*}
    rest=${rest:${#blank}}
    rest=${rest#"$word"}
    if ((i > 0)) && [[ -z $blank ]] && { [[ -n $word ]] || [[ $COMP_LINE != *[[:blank:]] ]]; }; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  word=${words[${#words[@]} - 1]}
  [[ $cur == *[!:=@]* ]] || cur=
  prefix=${word:0:${#word}-${#cur}}
  COMPREPLY=()
  {
    read -r kind || return
    while IFS=$'\t' read -r line _; do COMPREPLY+=("${line#"$prefix"}"); done
  } < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:,/.+] ]] && compopt -o nospace 2>/dev/null
  if [[ $kind != words ]]; then
    compopt -o filenames 2>/dev/null
    i=-f
    [[ $kind == folders ]] && i=-d
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$i" -- "$cur")
  fi
}
complete -F _chatmail_check chatmail-check
