/** How whatever tells of it begins, before it says why. */
export const fellBehind = 'The lab itself fell behind';
