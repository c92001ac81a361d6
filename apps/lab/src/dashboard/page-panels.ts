const panels = {
  crowd: 'Customers',
  session: 'Your session',
  scaling: 'Scaling',
  experiments: 'Experiments',
};

/** The panels beside the stage; the script fills them, and shows one at a time. */
export const pagePanels = `<section id="panels" aria-label="Panels">
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
