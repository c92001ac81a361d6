import { describe, expect, it } from '@jest/globals';
import { dark, light } from './style.js';

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const full = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [min = 0, max = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (max + 0.05) / (min + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the colours in the %s', (_, theme) => {
  const colours = Object.fromEntries(
    [...theme.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name = '', colour = '']) => [name, colour]),
  );

  it.each(['c1', 'c2', 'c3', 'c4', 'c5', 'c6'])('let a line in %s stand out from the page', (name) => {
    expect(contrast(colours[name]!, colours['page']!)).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['ink', 'page'],
    ['ink', 'card'],
    ['soft', 'page'],
    ['soft', 'card'],
    ['link', 'page'],
    ['good', 'good-back'],
    ['bad', 'bad-back'],
    ['open', 'open-back'],
    ['ink', 'bad-back'],
  ])('let %s be read on %s', (ink, ground) => {
    expect(contrast(colours[ink]!, colours[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
});
