import { type Performance, type Role, roles } from '../reading/performance.js';
import type { StudyResults } from '../reading/results.js';
import { byModelSet, withinSet } from '../reading/sets.js';
import type { Panel } from '../section.js';
import { nameOf, type Words } from '../words/index.js';

/** What one panel shows: the models of one set of predictors on the rows of one role. */
export interface PanelEntries<E> {
  readonly role: Role;
  readonly set?: string;
  readonly entries: readonly E[];
}

/** Entries in a panel for each set of predictors and role; sets in the study's order, roles from training to test. */
export function panelEntries<E extends Pick<Performance, 'model' | 'role'>>({ study }: StudyResults, entries: readonly E[]): PanelEntries<E>[] {
  return byModelSet(study, entries).flatMap(({ set, entries: own }) =>
    roles.flatMap((role) => {
      const ofRole = own.filter((entry) => entry.role === role);
      return ofRole.length === 0 ? [] : [{ role, entries: ofRole, ...(set === undefined ? {} : { set }) }];
    }),
  );
}

/** A panel of a set has the set's name in its own. */
export function inSet(panel: Panel, set: string | undefined): Panel {
  return set === undefined ? panel : { ...panel, name: `${panel.name}-${set}`, set };
}

/** The name of a model in a panel, whose title says the set. */
export const nameInPanel = (words: Words, model: string, set: string | undefined): string => nameOf(words.models, set === undefined ? model : withinSet(model));
