//! Completions for shells: of the flags from their table, of their values from the index.
//!
//! What the generated scripts cannot know (who is in the diary, which entries there are) they ask diary-search for, by
//! its hidden flag `--candidates`.

use clap::Command;
use clap_complete::Shell;

/// Flags whose values are in the index, with what to ask for.
const FROM_INDEX: [(&str, &str); 13] = [
    ("person", "person"),
    ("not-person", "person"),
    ("who", "person"),
    ("project", "project"),
    ("archive", "archive"),
    ("forget", "archive"),
    ("date", "date"),
    ("since", "date"),
    ("until", "date"),
    ("show", "id"),
    ("next", "id"),
    ("prev", "id"),
    ("now", "date"),
];

/// The completions of a program for a shell.
pub(crate) fn script(shell: Shell, mut command: Command) -> String {
    let name = command.get_name().to_owned();
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command, &name, &mut bytes);
    let script = String::from_utf8_lossy(&bytes).into_owned();
    let known: Vec<(&str, &str)> = FROM_INDEX
        .into_iter()
        .filter(|(flag, _)| command.get_arguments().any(|argument| argument.get_long() == Some(flag)))
        .collect();
    if known.is_empty() {
        return script;
    }
    match shell {
        Shell::Bash => bash(&script, &name, &known),
        Shell::Zsh => zsh(&script, &known),
        Shell::Fish => fish(&script, &known),
        Shell::PowerShell => powershell(&script, &known),
        _ => script,
    }
}

fn bash(script: &str, name: &str, known: &[(&str, &str)]) -> String {
    let mut script = script.to_owned();
    for (flag, kind) in known {
        let files = format!("                --{flag})\n                    COMPREPLY=($(compgen -f \"${{cur}}\"))\n");
        let asked = format!("                --{flag})\n                    _diary_candidates \"$1\" {kind}\n");
        script = script.replace(&files, &asked);
    }
    let previous = "    prev=\"$3\"\n";
    let apart = "    # Bash takes --flag=value for three words.\n    if [[ ${prev} == \"=\" ]]; then\n        \
                 prev=\"${COMP_WORDS[COMP_CWORD-2]}\"\n    elif [[ ${COMP_WORDS[COMP_CWORD]} == \"=\" ]]; then\n        \
                 cur=\"\"\n    fi\n";
    let script = script.replacen(previous, &format!("{previous}{apart}"), 1);
    format!(
        "# What diary-search knows. Colons and spaces are left to it: it gives neither.\n\
         _diary_candidates() {{\n    local IFS=$'\\n'\n    COMPREPLY=($(\"${{1%{name}}}diary-search\" --candidates \"$2\" -- \"${{cur}}\" 2>/dev/null | cut -f 1))\n    \
         [[ ${{#COMPREPLY[@]}} -eq 1 && ${{COMPREPLY[0]}} == */ ]] && compopt -o nospace 2>/dev/null\n}}\n\n\
         {script}"
    )
}

fn zsh(script: &str, known: &[(&str, &str)]) -> String {
    let line = |line: &str| {
        let of_flag = |flag: &&(&str, &str)| {
            [format!("--{}=[", flag.0), format!("--{}[", flag.0)].iter().any(|start| line.contains(start))
        };
        match known.iter().find(of_flag) {
            Some((_, kind)) => line.replace(":_default'", &format!(": _diary_candidates {kind}'")),
            None => line.to_owned(),
        }
    };
    let body: Vec<String> = script.lines().map(line).collect();
    let function = "\n# What diary-search knows: a value a line, a tab, and what it is called.\n\
         _diary_candidates() {\n    local -a values shown\n    local value about\n    \
         while IFS=$'\\t' read -r value about; do\n        values+=(\"$value\")\n        \
         shown+=(\"$value${about:+  -- $about}\")\n    \
         done < <(diary-search --candidates \"$1\" -- \"$PREFIX\" 2>/dev/null)\n    \
         compadd -U -i \"$IPREFIX\" -l -d shown -a values\n    \
         # Several that were found by another part of the name: they are listed, and what was typed stays.\n    \
         if (( $#values > 1 )) && [[ -n ${values:#$PREFIX*} ]]; then\n        \
         compstate[insert]=\n        compstate[list]='list force'\n    fi\n}\n";
    // The space before the function keeps zsh from giving it arguments of its own.
    // The function has to be there before the last lines, which call the completion when the file is autoloaded.
    let (first, rest) = body.split_first().map_or(("", body.as_slice()), |(first, rest)| (first.as_str(), rest));
    format!("{first}\n{function}{}\n", rest.join("\n"))
}

fn fish(script: &str, known: &[(&str, &str)]) -> String {
    let line = |line: &str| {
        let of_flag = |flag: &&(&str, &str)| line.contains(&format!(" -l {} ", flag.0));
        match known.iter().find(of_flag) {
            Some((_, kind)) => {
                let typed = "(commandline -ct | string replace -r -- \"^--[^=]*=\" \"\")";
                format!("{line} -f -a '(diary-search --candidates {kind} -- {typed} 2>/dev/null)'\n")
            }
            None => format!("{line}\n"),
        }
    };
    script.lines().map(line).collect()
}

fn powershell(script: &str, known: &[(&str, &str)]) -> String {
    let kinds: Vec<String> = known.iter().map(|(flag, kind)| format!("'--{flag}' = '{kind}'")).collect();
    let asked = format!(
        "\n    $kinds = @{{ {} }}\n    $words = $commandAst.CommandElements | ForEach-Object {{ $_.ToString() }}\n    \
         $last = if ($wordToComplete) {{ $words[-2] }} else {{ $words[-1] }}\n    \
         if ($kinds.ContainsKey([string]$last)) {{\n        \
         & diary-search --candidates $kinds[[string]$last] -- $wordToComplete 2>$null | ForEach-Object {{\n            \
         $value, $about = $_ -split \"`t\", 2\n            \
         [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $(if ($about) {{ $about }} else {{ $value }}))\n        \
         }}\n        return\n    }}\n",
        kinds.join("; ")
    );
    // Asked before the flags are listed, at the head of the script block.
    let head = "param($wordToComplete, $commandAst, $cursorPosition)\n";
    script.replacen(head, &format!("{head}{asked}"), 1)
}
