import { CommanderError } from 'commander';
import { noProxyOnLoopback } from './platform/local/inherited-environment.js';
import { program } from './program.js';
import { UserError } from './user-error.js';

/** sysexits has 64 for this, but most programs say 2. */
const wrongUsage = 2;

// Where nobody reads any more (`| head`) there is nothing to say; a full disk is told. Neither is a fault of ours.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`What is told here cannot be written to standard output: ${message}.\n`);
  process.exitCode = 1;
});
process.stderr.on('error', () => {});
Object.assign(process.env, noProxyOnLoopback(process.env));
try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : wrongUsage;
  else {
    // What is nobody's to mend is ours, and needs its stack.
    const mendable = error instanceof UserError;
    process.stderr.write(`${mendable ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
