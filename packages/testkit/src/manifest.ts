import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPlugin, isRadloomError, kinds, paramsJsonSchema, parseParams, type Plugin } from '@radloom/core';
import type { ModulesFile } from '@radloom/modules';
import type { ContractOptions, Example, Problem } from './problem.js';

/** What a plugin's manifest, settings, examples and built code break of the contract. */
export function staticProblems(plugin: Plugin, { from, examples }: ContractOptions): Problem[] {
  if (!isPlugin(plugin)) return [{ check: 'manifest', text: 'the default export is no plugin' }];
  return [...manifestProblems(plugin), ...settingsProblems(plugin), ...exampleProblems(plugin, examples), ...builtProblems(fileURLToPath(new URL('..', from)))];
}

function manifestProblems(plugin: Plugin): Problem[] {
  const problems: string[] = [];
  if (!kinds.includes(plugin.kind)) problems.push(`there is no kind ${plugin.kind}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(plugin.name)) problems.push(`${plugin.name} is no name of lower-case words joined by hyphens`);
  if (plugin.summary.length <= 10) problems.push('the summary says too little');
  if (Object.keys(plugin.operations).length === 0) problems.push('there is no operation');
  return problems.map((text) => ({ check: 'manifest', text }));
}

function settingsProblems(plugin: Plugin): Problem[] {
  try {
    paramsJsonSchema(plugin.params);
    parseParams(plugin.params, {});
  } catch (error) {
    return [{ check: 'settings', text: `a setting has no default, or the schema cannot be exported: ${String(error)}` }];
  }
  try {
    parseParams(plugin.params, { 'no-such-setting': 1 });
    return [{ check: 'settings', text: 'an unknown setting is accepted: use z.strictObject' }];
  } catch (error) {
    return isRadloomError(error) && error.message.includes('no-such-setting') ? [] : [{ check: 'settings', text: 'an unknown setting is refused without its name' }];
  }
}

function exampleProblems(plugin: Plugin, examples: readonly Example[]): Problem[] {
  const shown = new Set(examples.map((example) => example.operation));
  return Object.keys(plugin.operations).filter((operation) => !shown.has(operation)).map((operation) => ({ check: 'examples', text: `the operation ${operation} has no example` }));
}

const builtin = new Set(builtinModules);
const touches = (name: string): boolean => name.startsWith('node:') || builtin.has(name);

/** Node's modules and globals in the package's own built code. */
function builtProblems(folder: string): Problem[] {
  const dist = join(folder, 'dist');
  if (!existsSync(join(dist, 'modules.json'))) return [{ check: 'built-code', text: 'dist/modules.json is missing: build the package first' }];
  const { modules } = JSON.parse(readFileSync(join(dist, 'modules.json'), 'utf8')) as ModulesFile;
  return Object.entries(modules).flatMap(([file, { imports, dynamic, passes }]) => {
    const named = [...imports.map((taken) => taken.from), ...dynamic, ...passes.map((taken) => taken.from)].filter(touches);
    const globals = existsSync(join(dist, file)) ? nodeGlobals(readFileSync(join(dist, file), 'utf8')) : [];
    return [...named.map((name) => `imports ${name}`), ...globals.map((name) => `uses ${name}`)].map((what): Problem => ({ check: 'built-code', text: `${file} ${what}: a plugin runs in browsers too` }));
  });
}

/** Globals that only Node has, as a program says them: outside comments and texts, not a property, not a name of the program's own. */
function nodeGlobals(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, ' ');
  return ['process', 'Buffer', '__dirname', '__filename', 'require', 'setImmediate'].filter((name) => {
    const own = new RegExp(`(?:const|let|var|function|class|import)\\s[^;=()]*\\b${name}\\b|[(,]\\s*${name}\\s*[,)=]`).test(code);
    return !own && new RegExp(`(?<![.\\w$])${name}(?=\\s*[.(\\[])`).test(code);
  });
}
