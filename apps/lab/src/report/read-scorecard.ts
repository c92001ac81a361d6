import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { scorecardSchema, type Scorecard } from './scorecard.js';

/** A file is no scorecard that this lab can read; the message says why and what to do. */
export class UnreadableScorecard extends Error {
  override readonly name = 'UnreadableScorecard';
}

const howToGetOne = '`npm run lab -- run --all --report FOLDER` writes one to FOLDER/scorecard.json.';
const maxFaults = 3;

/** Reads the scorecard in a JSON file, or in the folder that `run --report` wrote. */
export function readScorecard(path: string): Scorecard {
  const file = isFolder(path) ? join(path, 'scorecard.json') : path;
  const json = parse(file);
  const version: unknown = json !== null && typeof json === 'object' && 'schemaVersion' in json && json.schemaVersion;
  if (version === false) throw new UnreadableScorecard(`${file} is not a scorecard of the lab. ${howToGetOne}`);
  if (version !== scorecardSchema.shape.schemaVersion.value) {
    throw new UnreadableScorecard(
      `${file} is a scorecard of version ${String(version)}, and this lab reads version ` +
        `${scorecardSchema.shape.schemaVersion.value}. Run it again with this lab, or read it with the lab that wrote it.`,
    );
  }
  const { data, error } = scorecardSchema.safeParse(json);
  if (error === undefined) return data;
  const reported = error.issues
    .slice(0, maxFaults)
    .map((issue) => `\n  ${z.core.toDotPath(issue.path)}: ${issue.message}`);
  const more = error.issues.length > maxFaults ? `\n  and ${error.issues.length - maxFaults} more` : '';
  throw new UnreadableScorecard(
    `${file} does not fit docs/scorecard.schema.json; was it changed by hand?${reported.join('')}${more}\n${howToGetOne}`,
  );
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no file' : `(${code}) Nobody can read`;
    throw new UnreadableScorecard(`${why} ${file}. ${howToGetOne}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableScorecard(`${file} is not JSON: ${(error as Error).message}. ${howToGetOne}`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
