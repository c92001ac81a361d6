import { output, runProgram } from '../../src/provision/run-program.js';
import { build, built, type Toolchain } from '../strangers/toolchains.js';
import { place } from './place.js';

/** The image of strangers, which `npm run test:cluster` takes away again. */
export const strangerImage = `strangers:${place.tag}`;

/** Builds what strangers need and an image of it, and brings that onto the nodes. */
export async function loadStrangerImage(toolchains: readonly Toolchain[]): Promise<void> {
  for (const toolchain of toolchains) await build(toolchain);
  await output(runProgram, 'docker', ['build', '--quiet', '--tag', strangerImage, built]);
  await output(runProgram, 'sh', ['-c', place.loadImage.replaceAll('{image}', strangerImage)]);
}
