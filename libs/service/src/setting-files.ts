import { readFileSync } from 'node:fs';

export interface SettingsOfFiles {
  readonly settings: NodeJS.ProcessEnv;
  readonly faults: string[];
}

/**
 * The variables, and for each setting whose `<NAME>_FILE` is among them the content of that file: a file that is mounted
 * is seen by its own process alone, a variable by whoever may describe it. A line break at the end is no part of it.
 */
export function withFiles(names: readonly string[], variables: NodeJS.ProcessEnv): SettingsOfFiles {
  const settings = { ...variables };
  const faults: string[] = [];
  for (const name of names) {
    const file = `${name}_FILE`;
    const path = variables[file];
    if (path === undefined || names.includes(file)) continue;
    if (variables[name] !== undefined) faults.push(`${file}: ${name} is set too: leave one of them out`);
    try {
      settings[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      faults.push(`${file}: ${(error as Error).message}: name a file that this user may read`);
    }
  }
  return { settings, faults };
}
