import type { Command } from 'commander';

/** What does not change what is found. */
const passing = ['yes', 'report'];

/** The command line that does the same again. */
export function commandAgain(command: Command): string {
  const given = command.options.filter((option) => {
    const name = option.attributeName();
    return command.getOptionValueSource(name) === 'cli' && !passing.includes(name);
  });
  const flags = given.map((option) => {
    const value: unknown = command.getOptionValue(option.attributeName());
    return value === true ? option.long : `${option.long} ${quoted(withoutSecrets(String(value)))}`;
  });
  return ['npm run lab --', command.name(), ...command.args, ...flags].join(' ');
}

const secret = /\b(\w*(?:passw(?:or)?d|secret|token|api_?key|credential)\w*=)(?:'[^']*'|"[^"]*"|\S+)/gi;

/** A line of the shell, the values of variables and options hidden that are named like secrets. */
export function withoutSecrets(line: string): string {
  return line.replace(secret, '$1•••');
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
