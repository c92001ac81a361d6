/** How the notes of `request-cost` begin that say why it has no figure. */
export const untoldNotes = { cpu: 'CPU a request is not told', memory: 'Memory of a replica is not told' } as const;
