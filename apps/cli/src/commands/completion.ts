import type { Command } from 'commander';
import { RadloomError } from '@radloom/core';

/** What a shell offers after the words typed so far: `''` for the first word, then each command. */
function words(program: Command, before = ''): Map<string, string[]> {
  const own = [...program.commands.map((command) => command.name()), ...program.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long])), '--help'];
  return new Map([[before, own], ...program.commands.flatMap((command) => [...words(command, `${before} ${command.name()}`.trim())])]);
}

/** Prints a script that completes commands and options; files are completed by the shell. */
export function completion(program: Command, shell: string): void {
  const table = [...words(program)];
  const scripts: Record<string, () => string> = {
    bash: () => `_radloom() {
  local current=\${COMP_WORDS[COMP_CWORD]} typed="\${COMP_WORDS[*]:1:COMP_CWORD-1}" offered=
  case "$typed" in
${cases(table)}
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$current") $(compgen -f -- "$current"))
}
complete -o filenames -F _radloom radloom
`,
    zsh: () => `#compdef radloom
_radloom() {
  local typed="\${words[2,CURRENT-1]}" offered=
  case "$typed" in
${cases(table)}
  esac
  compadd -- \${=offered}
  _files
}
compdef _radloom radloom
`,
    fish: () => table.flatMap(([typed, offered]) => offered.map((word) => `complete -c radloom -n '${typed === '' ? '__fish_use_subcommand' : typed.split(' ').map((part) => `__fish_seen_subcommand_from ${part}`).join('; and ')}' ${word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`}`)).join('\n') + '\n',
  };
  const script = scripts[shell];
  if (script === undefined) throw new RadloomError({ code: 'unknown-shell', what: `There is no completion for ${shell}.`, fix: `Known: ${Object.keys(scripts).join(', ')}.` });
  process.stdout.write(script());
}

/** Longer beginnings first: `cache gc` before `cache` before nothing. */
function cases(table: readonly (readonly [string, readonly string[]])[]): string {
  return [...table]
    .sort(([a], [b]) => b.length - a.length)
    .map(([typed, offered]) => `    ${typed === '' ? '' : `"${typed}"`}*) offered="${offered.join(' ')}" ;;`)
    .join('\n');
}
