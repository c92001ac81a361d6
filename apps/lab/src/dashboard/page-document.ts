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
    <header>
      <h1>The bank, live</h1>
      <p id="bank"></p>
      <p id="connection" role="status">Connecting</p>
    </header>
    <noscript><p>This page needs its script. The same as JSON: <a href="state">state</a>.</p></noscript>
    <main>
      <p id="fault" role="alert" hidden></p>
      <div id="workloads"></div>
      <section aria-labelledby="happenings-title">
        <h2 id="happenings-title">What happened last</h2>
        <p id="quiet">Nothing since the lab was started.</p>
        <ol id="happenings" role="log" aria-labelledby="happenings-title"></ol>
      </section>
    </main>
    <footer>
      <p>
        CPU in thousandths of a core, as each pod tells it; the mark on a bar is what the HPA aims at. Rates are over the last
        second, 5xx are answers since the pod was started. While nobody looks, the pods are not asked.
      </p>
    </footer>
  </body>
</html>
`;

/** A teller's counter. */
export const pageIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
  <rect width="16" height="16" rx="3" fill="#1f5f8b" />
  <path d="M3 12h10M4 10V6m4 4V6m4 4V6M2.5 6h11L8 3z" stroke="#fff" fill="none" />
</svg>
`;
