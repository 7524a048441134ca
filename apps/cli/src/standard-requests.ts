import { fileURLToPath } from 'node:url';
import type { PluginRequest } from '@radloom/executor-local';
import { standardPlugins } from '@radloom/standard';

/** Plugins of the standard set, as this program finds them. */
export function standardRequests(ids: Iterable<string>): PluginRequest[] {
  const from = fileURLToPath(import.meta.url);
  return [...ids].map((id) => ({ name: standardPlugins[id].package, from, load: standardPlugins[id].load }));
}
