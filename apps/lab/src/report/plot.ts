import { z } from 'zod';

/** What a figure or an axis counts in. */
export const unitSchema = z.enum(['count', 'bytes', 'ms', 's', 'µs', 'percent', 'cents', 'perSecond', 'ratio']);

export const axisSchema = z.object({
  label: z.string(),
  unit: unitSchema,
  scale: z
    .enum(['linear', 'log', 'percentile'])
    .meta({ description: 'percentile: values in percent, each further 9 as far apart as the one before' }),
});

/** Data only: each rendering draws it in its own way. */
export const plotSchema = z.object({
  title: z.string(),
  about: z.string().meta({ description: 'The text alternative: what is to be seen, in a sentence or two' }),
  x: axisSchema,
  y: axisSchema,
  series: z.array(
    z.object({
      name: z.string(),
      mode: z.string().optional(),
      style: z.enum(['line', 'points', 'ideal', 'fit']),
      points: z.array(z.tuple([z.number(), z.number().nullable()])).meta({
        description: 'x and y; a y of null is a gap in a line',
      }),
    }),
  ),
  marks: z
    .array(z.object({ x: z.number(), label: z.string() }))
    .optional()
    .meta({ description: 'Moments when something was done: pods added, a pod killed' }),
});

/** A schema's type as one that nobody changes. */
export type PlotValue<Value> = Value extends readonly unknown[] | object
  ? { readonly [Key in keyof Value]: PlotValue<Value[Key]> }
  : Value;

export type Unit = z.infer<typeof unitSchema>;
export type Axis = PlotValue<z.infer<typeof axisSchema>>;
export type Plot = PlotValue<z.infer<typeof plotSchema>>;

/** Plots that compare modes first, then those of one mode each, in the order of all modes and not of the run. */
export function inOrder(plots: readonly Plot[], order: readonly string[]): Plot[] {
  return plots.toSorted((one, other) => placeOf(one, order) - placeOf(other, order));
}

function placeOf({ series }: Plot, order: readonly string[]): number {
  const displayed = new Set(series.map(({ mode }) => mode));
  const [mode] = displayed;
  return displayed.size === 1 && mode !== undefined ? order.indexOf(mode) : -1;
}
