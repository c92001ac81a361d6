import { z } from 'zod';
import { UserError } from '../../user-error.js';

const headers = z.array(z.object({ name: z.string(), value: z.string() })).default([]);

const entry = z.object({
  startedDateTime: z.string().optional(),
  /** Chrome's and Playwright's word for what asked: `document`, `image`, `websocket`. */
  _resourceType: z.string().optional(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers,
    bodySize: z.number().nullish(),
    postData: z
      .object({
        mimeType: z.string().nullish(),
        text: z.string().nullish(),
        params: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
      })
      .nullish(),
  }),
  response: z.object({
    /** 0, or left out, where no reply came. */
    status: z.number().default(0),
    headers,
    content: z
      .object({
        size: z.number().nullish(),
        mimeType: z.string().nullish(),
        text: z.string().nullish(),
        encoding: z.string().nullish(),
      })
      .nullish(),
  }),
});

/** What is read of an entry of a HAR file (HTTP Archive 1.2), whoever wrote it. */
export type HarEntry = z.infer<typeof entry>;

/** The header's lines. */
export function linesOf(lines: HarEntry['request']['headers'], name: string): string[] {
  return lines.filter((line) => line.name.toLowerCase() === name).map(({ value }) => value);
}

/** The entries in the order in which they began. @throws UserError where the text is no HAR, or an empty one */
export function harEntries(text: string): readonly HarEntry[] {
  const log = (parsed(text) as { log?: { entries?: unknown } } | null)?.log;
  if (!Array.isArray(log?.entries)) {
    throw new UserError(`It is JSON, but no HAR: there is no log.entries in it. ${howToRecord}`);
  }
  if (log.entries.length === 0) {
    throw new UserError(
      'No request is in this HAR. Open the network panel first, then do what you want examined, then export.',
    );
  }
  const { data, error } = z.array(entry).safeParse(log.entries);
  if (error !== undefined) {
    const [issue] = error.issues;
    throw new UserError(
      `It is no whole HAR: log.entries.${z.core.toDotPath(issue!.path)}: ${issue!.message}. ${howToRecord}`,
    );
  }
  return data.toSorted((one, other) => begun(one) - begun(other) || 0);
}

const howToRecord = 'docs/journey.md says how a browser exports one.';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UserError(`It is not JSON, as a HAR is: was it cut off? ${howToRecord}`, { cause: error });
  }
}

function begun({ startedDateTime }: HarEntry): number {
  return Date.parse(startedDateTime ?? '');
}
