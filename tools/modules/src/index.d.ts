export interface ModuleDescription {
  /** SHA-256 of the code without comments and white space. */
  digest: string;
  /** Static imports: paths inside `dist`, or package names. */
  imports: string[];
  /** Dynamic imports, likewise. */
  dynamic: string[];
}

export interface ModulesFile {
  format: 1;
  name: string;
  version: string;
  modules: Record<string, ModuleDescription>;
}

/** What each built module of a package is made of. */
export function describeModules(packageFolder: string): Promise<ModulesFile>;
