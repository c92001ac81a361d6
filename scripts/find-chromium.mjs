import { prepare } from './prepare.mjs';

prepare();
const { aptInstall } = await import('../dist/apps/lab/src/platform/local/apt-install.js');
const { findProgram } = await import('../dist/apps/lab/src/platform/local/find-program.js');

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Finds a Chromium, in this order: `CHROME_PATH`; one on the PATH; as root on Debian or Ubuntu `apt-get install chromium`.
 * @throws ChromiumNotFound with what to do
 */
export async function findChromium({ environment, say }) {
  const named = environment.CHROME_PATH;
  if (named) {
    const there = findProgram([''], named) ?? findProgram([named], '/');
    if (there === undefined) {
      throw new ChromiumNotFound(`CHROME_PATH names ${named}, which is no program. Correct it, or unset it.`);
    }
    return named;
  }
  const onPath = () => findProgram(names, environment.PATH);
  const installed = async () => {
    try {
      return (await aptInstall('Chromium', 'chromium', { environment, say })) ? onPath() : undefined;
    } catch (error) {
      throw new ChromiumNotFound(error.message);
    }
  };
  const found = onPath() ?? (await installed());
  if (found !== undefined) return found;
  throw new ChromiumNotFound(
    `The page is tested in a Chromium, and none was found (${names.join(', ')}). Install one, or set CHROME_PATH to a ` +
      'Chrome or Chromium, then run this again.',
  );
}

/** No Chromium; the message says what to do. */
export class ChromiumNotFound extends Error {
  name = 'ChromiumNotFound';
}
