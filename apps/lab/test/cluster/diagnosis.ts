import { output, runProgram } from '../../src/provision/run-program.js';
import { diagnose, type Diagnosis } from '../../src/doctor/diagnose.js';
import { place, report } from './place.js';

/** What the doctor says of the bank now. */
export function ask(): Promise<Diagnosis> {
  return diagnose(runProgram, { context: place.context, namespace: place.namespace, release: place.release });
}

/** The command that a finding leads to. */
export function commandOf({ lines }: Diagnosis, words: RegExp): string {
  const blocks = lines.join('\n').split('\n\n');
  const block = blocks.slice(1).find((text) => words.test(text.replaceAll(/\s+/g, ' ')));
  const command = /^ {3}\$ (.+)$/m.exec(block ?? '')?.[1];
  if (command === undefined || block!.includes('No command mends this'))
    throw new Error(`No command in:\n${lines.join('\n')}`);
  report(command);
  return command;
}

/** Runs a command as a reader would. */
export async function shell(command: string): Promise<void> {
  await output(runProgram, 'sh', ['-c', command]);
}
