import { modes } from '../bank/modes.js';

export const panels = ['crowd', 'session', 'scaling', 'experiments'] as const;
export type Panel = (typeof panels)[number];

/** What is on the screen, as a link tells it. */
export interface UrlState {
  readonly panel: Panel;
  /** The mode that your own session is in. */
  readonly mode: string;
  /** Step of the guided tour, from 1; 0 for none. */
  readonly tour: number;
}

/** What a link's fragment asks to be shown; what it does not say, or says wrongly, is as at first. */
export function readAddress(hash: string): UrlState & { readonly token: string | null } {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    panel: panels.find((name) => name === asked.get('panel')) ?? 'crowd',
    mode: asked.get('mode') ?? modes.sticky.name,
    tour: Number(/^[1-5]$/.exec(asked.get('tour') ?? '')?.[0] ?? 0),
    token: asked.get('token'),
  };
}

/** The fragment that shows the same again; it never bears the token. */
export function writeAddress({ panel, mode, tour }: UrlState): string {
  return `#${new URLSearchParams({ panel, mode, ...(tour > 0 && { tour: String(tour) }) }).toString()}`;
}
