import { describe, expect, it } from '@jest/globals';
import { output, runProgram } from './run-program.js';

const node = (code: string, options = {}) => runProgram(process.execPath, ['-e', code], options);

describe('runProgram', () => {
  it('gives what was said and the exit code', async () => {
    expect(await node('console.log(1); console.error(2); process.exit(3)')).toEqual({
      code: 3,
      out: '1\n',
      err: '2\n',
    });
  });

  it('gives 127 where there is no such program', async () => {
    expect((await runProgram('no-such-program-here', [])).code).toBe(127);
    expect((await runProgram('./helm', [])).code).toBe(127);
  });

  it('hands the input over, and tells lines as they come', async () => {
    const lines: string[] = [];
    await node('process.stdin.pipe(process.stdout)', { input: 'a\n\nb\n', onLine: (line: string) => lines.push(line) });
    expect(lines).toEqual(['a', 'b']);
  });

  it('ends what takes too long', async () => {
    expect((await node('setTimeout(() => {}, 60_000)', { timeoutMs: 300 })).code).toBe(124);
  });
});

it('output throws the command with the end of what it said', async () => {
  const failing = output(runProgram, process.execPath, ['-e', 'console.error("why"); process.exit(2)']);
  await expect(failing).rejects.toThrow(/ended with 2:\nwhy/);
});
