export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** One text, or one small dictionary, in each language. */
export type Bilingual<T = string> = Readonly<Record<Language, T>>;

/** A module's own texts: the Chinese must have every entry that the English has. */
export function texts<T>(dictionaries: { readonly en: T; readonly zh: NoInfer<T> }): Bilingual<T> {
  return dictionaries;
}
