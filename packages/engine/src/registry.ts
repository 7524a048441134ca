import { type Digest, nearestName, type Plugin, pluginId, RadloomError } from '@radloom/core';
import type { Implementation } from './implementation.js';

/** A plugin as a run knows it: its manifest, where its code lies, and what that code is. */
export interface RegisteredPlugin {
  readonly plugin: Plugin;
  /** Module URL of the manifest; workers load it from here. */
  readonly url: string;
  /** Digest of everything its code reaches. */
  readonly implementation: Digest;
  /** The same, module by module, so that a change can be named. */
  readonly modules?: Implementation;
  readonly packageName: string;
  /** For the record only; never part of a key. */
  readonly version: string;
}

/** Plugins by id (`features/glcm`). */
export class Registry {
  readonly #plugins = new Map<string, RegisteredPlugin>();

  /** @param known ids that exist but are not loaded, so that a slip of the pen finds them */
  constructor(plugins: Iterable<RegisteredPlugin> = [], private readonly known: readonly string[] = []) {
    for (const entry of plugins) this.add(entry);
  }

  add(entry: RegisteredPlugin): void {
    const id = pluginId(entry.plugin);
    const present = this.#plugins.get(id);
    if (present !== undefined && present.url !== entry.url) {
      throw new RadloomError({ code: 'plugin-duplicate', what: `Two packages provide ${id}: ${present.packageName} and ${entry.packageName}.`, fix: 'Remove one from the study file.' });
    }
    this.#plugins.set(id, entry);
  }

  /** @throws `unknown-plugin` with the nearest name */
  get(id: string, step?: string): RegisteredPlugin {
    const found = this.#plugins.get(id);
    if (found !== undefined) return found;
    const near = nearestName(id, [...this.#plugins.keys(), ...this.known]);
    throw new RadloomError({
      code: 'unknown-plugin',
      what: `There is no plugin ${id}.`,
      where: { step },
      fix: near === undefined ? 'Name its package in the study file under plugins.' : `Did you mean ${near}? If it is a package of its own, name it in the study file under plugins.`,
    });
  }

  ids(): string[] {
    return [...this.#plugins.keys()].sort();
  }

  all(): RegisteredPlugin[] {
    return this.ids().map((id) => this.#plugins.get(id)!);
  }
}
