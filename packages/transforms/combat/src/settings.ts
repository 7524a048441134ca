import { z } from 'zod';

export const name = 'combat';
export const summary = 'Removes shifts and spreads of batches (scanners, centres) from features, learned on training rows and applied to others';

export const params = z.strictObject({
  batch: z.string().default('batch').describe('Column that says which batch a row belongs to.'),
  columns: z.array(z.string()).default([]).describe('Columns to adjust; none named: all numeric ones with more than two distinct values, but batch, covariates and what is left alone.'),
  leave: z.array(z.string()).default([]).describe('Columns that stay as they are: clinical ones.'),
  covariates: z.array(z.string()).default([]).describe('Numeric columns whose effect on the features is preserved; never the outcome.'),
  meanOnly: z.boolean().default(false).describe('Shift batches only, leaving their spread; allows batches of one patient.'),
  reference: z.string().nullable().default(null).describe('A batch that stays as it is and to which the others are brought.'),
  unseen: z.enum(['refuse', 'reference', 'pooled']).default('refuse').describe('Rows of a batch that training rows did not have: an error; or as they are, like the reference batch; or adjusted like the average batch.'),
});
