import { output, runProgram } from '../../src/provision/run-program.js';
import { diagnose, type Diagnosis } from '../../src/doctor/diagnose.js';
import { place, report } from './place.js';

/** What the doctor says of the bank now. */
export function ask(): Promise<Diagnosis> {
  return diagnose(runProgram, { context: place.context, namespace: place.namespace, release: place.release });
}

/** The command that a finding leads to: what is only starting beside it leads to none. */
export function commandOf({ lines }: Diagnosis, words: RegExp): string {
  const blocks = lines.join('\n').split('\n\n');
  const [command] = blocks
    .slice(1)
    .filter((text) => words.test(text.replaceAll(/\s+/g, ' ')) && !text.includes('No command mends this'))
    .flatMap((text) => /^ {3}\$ (.+)$/m.exec(text)?.[1] ?? []);
  if (command === undefined) throw new Error(`No command in:\n${lines.join('\n')}`);
  report(command);
  return command;
}

/** Runs a command as a reader would. */
export async function shell(command: string): Promise<void> {
  await output(runProgram, 'sh', ['-c', command]);
}
