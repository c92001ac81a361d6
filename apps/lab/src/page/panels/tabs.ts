import { panels, type Panel } from '../url-state.js';
import { found } from '../element.js';

/** The panels beside the stage, of which one is shown (the tabs pattern of the ARIA Authoring Practices Guide). */
export class Tabs {
  readonly #tabs = panels.map((panel) => ({ panel, tab: found(`tab-${panel}`), body: found(`panel-${panel}`) }));

  constructor(private readonly choose: (panel: Panel) => void) {
    this.#tabs.forEach(({ panel, tab }, index) => {
      tab.addEventListener('click', () => choose(panel));
      tab.addEventListener('keydown', ({ key }) => this.#move(index, key));
    });
  }

  show(chosen: Panel): void {
    for (const { panel, tab, body } of this.#tabs) {
      tab.setAttribute('aria-selected', String(panel === chosen));
      tab.tabIndex = panel === chosen ? 0 : -1;
      body.hidden = panel !== chosen;
    }
  }

  #move(from: number, key: string): void {
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: last }[key];
    if (to === undefined) return;
    const next = this.#tabs[(to + last + 1) % (last + 1)]!;
    this.choose(next.panel);
    next.tab.focus();
  }
}
