import { terms } from '../page/terms.js';

const panels = {
  crowd: 'Customers',
  session: 'Your session',
  scaling: 'Scaling',
  experiments: 'Experiments',
};

/** The panels beside the stage; the script fills them, and shows one at a time. */
const pagePanels = `<section id="panels" aria-label="Panels" tabindex="-1">
        <div role="tablist" aria-label="Panels">
          ${Object.entries(panels)
            .map(
              ([name, title]) =>
                `<button type="button" role="tab" id="tab-${name}" aria-controls="panel-${name}">${title}</button>`,
            )
            .join('\n          ')}
        </div>
        ${Object.keys(panels)
          .map(
            (name) =>
              `<div role="tabpanel" id="panel-${name}" aria-labelledby="tab-${name}" tabindex="0" hidden></div>`,
          )
          .join('\n        ')}
      </section>`;

/** The page as it is before its script has drawn anything. Addresses are relative, so that it may be served under a prefix. */
export const pageDocument = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Tellers: the bank, live</title>
    <link rel="icon" href="icon.svg" />
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="web/page.js"></script>
  </head>
  <body>
    <nav id="skip" aria-label="Skip">
      <a href="#stage-title">Skip to the bank at work</a>
      <a href="#losses-title">Skip to what was lost</a>
      <a href="#panels">Skip to customers, your session, scaling and experiments</a>
    </nav>
    <header>
      <h1>Tellers</h1>
      <p id="bank"></p>
      <p id="connection" role="status">Connecting</p>
      <p class="row">
        <button type="button" id="tour-begin" class="primary">Guided tour</button>
        <button type="button" id="share">Copy link</button>
      </p>
      <p id="audit">Money: not counted yet.</p>
    </header>
    <noscript><p>This page needs its script. The same as JSON: <a href="state">state</a>.</p></noscript>
    <p id="fault" role="alert" hidden></p>
    <p id="why" hidden></p>
    <p id="heard" class="unseen" role="status"></p>
    <section id="tour" aria-label="Guided tour" hidden></section>
    <main>
      <div id="seen">
        <section aria-labelledby="stage-title">
          <h2 id="stage-title" tabindex="-1">The bank at work</h2>
          <p class="lead">
            Each dot is a customer, in the pod that remembers it or, where none does, in the pod that answered it last.
            <span data-act="kill" hidden>Kill a pod, and see who has to start again.</span>
          </p>
          <p id="measuring" class="lead" hidden>
            The customers have gone home for an experiment. Its own are drawn as the pods count them: a dot for each
            session that a pod holds, none where nothing is remembered.
          </p>
          <div id="stage">
            <div id="columns"></div>
            <canvas id="motion" aria-hidden="true"></canvas>
          </div>
        </section>
        <div id="ledger">
          <section aria-labelledby="losses-title">
            <h2 id="losses-title" tabindex="-1">What was lost</h2>
            <p id="nothing-lost" class="faint"></p>
            <div id="losses" tabindex="0" role="region" aria-label="Losses by cause"></div>
          </section>
          <section aria-labelledby="events-title">
            <h2 id="events-title">What happened last</h2>
            <p id="quiet" class="faint">Nothing since the lab was started.</p>
            <div id="log" role="log" tabindex="0" aria-labelledby="events-title"><ol id="events"></ol></div>
          </section>
        </div>
        <details id="auth">
          <summary>Where everybody signs in (auth)</summary>
        </details>
        <details id="call" hidden>
          <summary>Call the bank from a terminal</summary>
        </details>
      </div>
      ${pagePanels}
    </main>
    <footer>
      <details id="words">
        <summary>What the words mean</summary>
        <dl>
          ${Object.entries(terms)
            .map(([word, meaning]) => `<dt>${word}</dt><dd>${meaning}</dd>`)
            .join('\n          ')}
        </dl>
        <p>More of them are in docs/glossary.md of the repository.</p>
      </details>
    </footer>
    <div id="dialogs"></div>
    <section id="said" aria-label="What was done"></section>
  </body>
</html>
`;

/** A figure behind a desk. */
export const pageIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
  <rect width="16" height="16" rx="3" fill="#1f5f8b" />
  <path d="M3 12h10M4 10V6m4 4V6m4 4V6M2.5 6h11L8 3z" stroke="#fff" fill="none" />
</svg>
`;
