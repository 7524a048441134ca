/** The names taken from another module: pairs of the name there and the name here; `*` for all of it. */
export type TakenNames = '*' | [there: string, here: string][];

export interface ModuleDescription {
  /** SHA-256 of the code without comments and white space. */
  digest: string;
  /** Static imports: paths inside `dist`, or package names. */
  imports: { from: string; names: TakenNames }[];
  /** Dynamic imports: paths inside `dist`, or package names. */
  dynamic: string[];
  /** What the module only passes on: `export … from`. */
  passes: { from: string; names: TakenNames }[];
  /** Names it exports, passed on by name or its own; those behind `export *` are not listed. */
  exports: string[];
}

export interface ModulesFile {
  format: 2;
  name: string;
  version: string;
  /** The module behind the package's main export, inside `dist`. */
  entry: string;
  modules: Record<string, ModuleDescription>;
}

/** What each built module of a package is made of. */
export function describeModules(packageFolder: string): Promise<ModulesFile>;
