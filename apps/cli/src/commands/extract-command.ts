import { RadloomError } from '@radloom/core';
import type { BatchCommandOptions } from './batch.js';
import type { ExtractCommandOptions } from './extract.js';

type Options = ExtractCommandOptions & BatchCommandOptions & { readonly batch?: string };

/** `radloom extract`: one region, or every row of a table. @throws `extract-arguments` */
export async function extractCommand(image: string | undefined, mask: string | undefined, options: Options): Promise<void> {
  const { batch, labels, cache } = options;
  if (batch !== undefined) {
    if (image !== undefined) throw new RadloomError({ code: 'extract-arguments', what: `Both a table (--batch) and an image (${image}) were given.`, fix: 'Give one of them. Columns after --keep end at the next option, so --batch may follow them.' });
    return (await import('./batch.js')).extractBatch(batch, options);
  }
  if (image === undefined || mask === undefined) throw new RadloomError({ code: 'extract-arguments', what: image === undefined ? 'Nothing was given to extract from.' : 'The mask is missing.', fix: 'Write radloom extract IMAGE MASK, or radloom extract --batch TABLE.' });
  if (labels !== undefined) return (await import('./batch.js')).extractLabels(image, mask, options);
  const { extractOne } = await import('./extract.js');
  if (cache === undefined) return extractOne(image, mask, options);
  return extractOne(image, mask, options, (await import('./cached-extraction.js')).cachedExtraction(cache));
}
