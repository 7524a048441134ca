import { type ColumnComparison, type ComparisonTest, describeSample } from '@radloom/statistics';

/** A group's numbers; of counts, rows of each level. */
export interface GroupValues {
  readonly known: number;
  readonly missing: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly median?: number;
  readonly lowerQuartile?: number;
  readonly upperQuartile?: number;
  readonly counts?: readonly number[];
}

/** One variable of the table. */
export interface Variable {
  readonly name: string;
  readonly measure: 'number' | 'counts';
  /** How numbers are shown: as mean and standard deviation where they are normal in both groups, as median and quartiles elsewhere. */
  readonly shown: 'mean' | 'median' | 'counts';
  readonly levels: readonly string[];
  /** All rows; rows with the event; the others. */
  readonly all: GroupValues;
  readonly event: GroupValues;
  readonly other: GroupValues;
  readonly test: ComparisonTest;
  readonly pValue: number;
  readonly reason?: string;
  readonly variants: Readonly<Record<string, number>>;
  readonly variantsDisagree: boolean;
  /** Shapiro-Wilk P: rows with the event, the others. */
  readonly normality: readonly number[];
  readonly smallestExpected: number;
  readonly smd: number;
  readonly missing: number;
}

/** A comparison as the table shows it. */
export function variableOf(name: string, found: ColumnComparison, rows: number): Variable {
  const [other, event] = found.samples.map((sample, group) => valuesOf(sample, found.missing[group], found));
  const together = Float64Array.from([...found.samples[0], ...found.samples[1]]);
  const { measure, levels, test, pValue, variants, variantsDisagree, smallestExpected, smd } = found;
  return {
    name,
    measure,
    shown: measure === 'counts' ? 'counts' : found.normal ? 'mean' : 'median',
    levels,
    all: valuesOf(together, rows - together.length, found),
    event,
    other,
    test,
    pValue,
    ...(found.reason === undefined ? {} : { reason: found.reason }),
    variants,
    variantsDisagree,
    normality: [...found.normality].reverse(),
    smallestExpected,
    smd,
    missing: rows - together.length,
  };
}

function valuesOf(sample: Float64Array, missing: number, { measure, levels }: ColumnComparison): GroupValues {
  const known = sample.length;
  if (measure === 'counts') return { known, missing, counts: levels.map((_, level) => sample.reduce((sum, code) => sum + Number(code === level), 0)) };
  if (known === 0) return { known, missing };
  const { mean, sd, median, lowerQuartile, upperQuartile } = describeSample(sample);
  return { known, missing, mean, sd, median, lowerQuartile, upperQuartile };
}
