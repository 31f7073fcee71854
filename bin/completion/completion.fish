# fish completion of chatmail-check
function __chatmail_check_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
    printf '%s\n' $lines[2..-1]
    set -l parts (string match -r '^(--[^=]+=|)(.*)$' -- "$current")
    switch "$lines[1]"
        case files
            printf "$parts[2]%s\n" (__fish_complete_path "$parts[3]")
        case folders
            printf "$parts[2]%s\n" (__fish_complete_directories "$parts[3]" '')
    end
end
complete -c chatmail-check -f -a '(__chatmail_check_complete)'
