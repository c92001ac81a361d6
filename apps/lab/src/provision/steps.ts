import { Progress, type Screen } from '../commands/progress.js';
import { formatDuration } from '../report/format.js';

/** Told what a step is at; shown in one line with the seconds so far. */
export type Say = (detail: string) => void;

/** Runs steps one after the other and shows each in one line: how long it took, its name, and what came of it. */
export class Steps {
  #last = '';

  constructor(private readonly screen: Screen) {}

  /** The step that runs, or ran last. */
  get last(): string {
    return this.#last;
  }

  /** @param act resolves to what came of it, such as `made` or `already there` */
  async run(name: string, act: (say: Say) => Promise<string>): Promise<void> {
    this.#last = name;
    const startedAt = performance.now();
    const progress = new Progress(this.screen);
    let detail = '';
    const show = (): void => progress.say(detail === '' ? name : `${name}: ${detail}`);
    // A terminal's line is drawn each second, so that the time is seen to pass.
    const timer = this.screen.isTTY ? setInterval(show, 1_000) : undefined;
    const end = (result: string): void => {
      clearInterval(timer);
      progress.done();
      this.screen.write(`${formatDuration(performance.now() - startedAt)} ${name}: ${result}\n`);
    };
    try {
      end(
        await act((next) => {
          if (next === detail) return;
          detail = next;
          show();
        }),
      );
    } catch (error) {
      end('failed');
      throw error;
    }
  }
}
