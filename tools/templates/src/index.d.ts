/** Kinds of plugin that there is a template for. */
export type TemplateKind = 'feature-family' | 'filter' | 'transform' | 'selector' | 'classifier';

export interface NewPlugin {
  readonly kind: TemplateKind;
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly summary?: string;
}

/** Where a package of a kind lives, how its npm name begins, and what the contract calls the kind. */
export const kinds: Readonly<Record<TemplateKind, { readonly folder: string; readonly prefix: string; readonly kind: string }>>;

/** A package of the workspace: its folder from the root, and its files by path inside it; the licence is the caller's to add. */
export function workspacePackage(plugin: NewPlugin): { readonly folder: string; readonly files: Readonly<Record<string, string>> };

/** A package in a repository of its own, under the npm name given: its files by path. */
export function ownPackage(plugin: NewPlugin & { readonly packageName: string }): Readonly<Record<string, string>>;
