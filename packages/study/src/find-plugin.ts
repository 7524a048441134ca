import type { Plugin } from '@radloom/core';
import type { FindPlugin } from './extraction.js';

/** The id of the plugin of that name in the first kind that has it; the first kind's id when none has, so that its error names the step. */
export function pluginOf(name: string, kinds: readonly Plugin['kind'][], find: FindPlugin): string {
  for (const kind of kinds) {
    try {
      find(`${kind}/${name}`);
      return `${kind}/${name}`;
    } catch {
      // The next kind may have it.
    }
  }
  find(`${kinds[0]}/${name}`);
  return `${kinds[0]}/${name}`;
}
