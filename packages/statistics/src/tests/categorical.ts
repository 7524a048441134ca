import { isRadloomError } from '@radloom/core';
import { chiSquareTest, type CountTable } from './contingency.js';
import { fisherTest } from './fisher.js';

export interface CategoricalTestOptions {
  /** Continuity correction of 2 × 2 tables. Default `auto`: on for 2 × 2, as R. */
  readonly yates?: 'auto' | 'on' | 'off';
  /** `pearson`: always chi-squared; `fisher-if-sparse`: Fisher's exact test when an expected count is below 5. */
  readonly rule?: 'pearson' | 'fisher-if-sparse';
  /** Level at which the variants are compared. Default 0.05. */
  readonly alpha?: number;
}

/** A test of a table, and what its variants would have said. */
export interface CategoricalTest {
  readonly used: 'pearson' | 'yates' | 'fisher';
  readonly pValue: number;
  readonly smallestExpected: number;
  /** P by each variant; Fisher's is NaN where the table is too large for it. */
  readonly variants: { readonly pearson: number; readonly yates: number; readonly fisher: number };
  /** True when the variants fall on both sides of alpha: the finding depends on the choice. */
  readonly variantsDisagree: boolean;
}

/**
 * Test of independence by a stated rule, with every variant beside it, since a variable can be significant by one and not by another.
 *
 * @throws `table-degenerate`
 */
export function categoricalTest(table: CountTable, options: CategoricalTestOptions = {}): CategoricalTest {
  const { yates = 'auto', rule = 'pearson', alpha = 0.05 } = options;
  const plain = chiSquareTest(table, 'off');
  const chosen = chiSquareTest(table, yates);
  const variants = { pearson: plain.pValue, yates: chiSquareTest(table, table.length === 2 && table[0].length === 2 ? 'on' : 'off').pValue, fisher: fisherP(table) };
  const exact = rule === 'fisher-if-sparse' && plain.smallestExpected < 5 && !Number.isNaN(variants.fisher);
  const used = exact ? 'fisher' : chosen.yates ? 'yates' : 'pearson';
  const sides = Object.values(variants).filter((p) => !Number.isNaN(p)).map((p) => p < alpha);
  return { used, pValue: exact ? variants.fisher : chosen.pValue, smallestExpected: plain.smallestExpected, variants, variantsDisagree: new Set(sides).size > 1 };
}

function fisherP(table: CountTable): number {
  try {
    return fisherTest(table).pValue;
  } catch (error) {
    if (isRadloomError(error) && error.code === 'table-too-large') return NaN;
    throw error;
  }
}
