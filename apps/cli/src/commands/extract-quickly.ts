import { fail } from '../errors.js';
import { type ExtractCommandOptions, extractOne } from './extract.js';

/** One region, straight through: the entry of the bundle, which loads no command line. */
export async function extractQuickly(image: string, mask: string, options: ExtractCommandOptions): Promise<void> {
  try {
    await extractOne(image, mask, options);
  } catch (error) {
    fail(error, false);
  }
}
