import type { Account } from '../account/account.js';
import type { Bilingual } from '../language.js';

/** `authors`: the run cannot know; the authors must say. */
export type State = 'done' | 'not-done' | 'authors' | 'not-applicable';

/** What the run says to an item, and where in this report the evidence stands. */
export interface Answer {
  readonly state: State;
  /** Ids of sections. */
  readonly places: readonly string[];
  readonly remark?: Bilingual;
}

/** One item of a checklist. */
export interface Item {
  readonly number: number;
  /** The checklist's own heading. */
  readonly part: Bilingual;
  /** What it asks for, in our words. */
  readonly asks: Bilingual;
  answer(account: Account): Answer;
}

export const done = (places: readonly string[], remark?: Bilingual): Answer => ({ state: 'done', places, ...(remark === undefined ? {} : { remark }) });
export const notDone = (remark?: Bilingual, places: readonly string[] = []): Answer => ({ state: 'not-done', places, ...(remark === undefined ? {} : { remark }) });
export const authors = (remark?: Bilingual, places: readonly string[] = []): Answer => ({ state: 'authors', places, ...(remark === undefined ? {} : { remark }) });
export const notApplicable = (remark: Bilingual): Answer => ({ state: 'not-applicable', places: [], remark });
