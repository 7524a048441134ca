import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FeatureInfo, nearestName, paramsJsonSchema, type Plugin, pluginId, RadloomError } from '@radloom/core';
import { findPlugins, loadPlugins } from '@radloom/executor-local';
import { standardPlugin, standardPlugins } from '@radloom/standard';
import { columns } from '../columns.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Versions of the standard packages, by package. */
function versions(): Map<string, string> {
  const from = fileURLToPath(import.meta.url);
  return new Map(findPlugins(Object.values(standardPlugins).map((plugin) => ({ name: plugin.package, from }))).map(({ name, version }) => [name, version]));
}

/** Every plugin of the standard set, or one in full: by its name, its package, or the path of a package that is not of the set. */
export async function showPlugins(name: string | undefined, json: boolean): Promise<void> {
  const known = versions();
  const ids = Object.keys(standardPlugins).sort();
  if (name === undefined) {
    const rows = await Promise.all(ids.map(async (id) => ({ id, package: standardPlugins[id].package, version: known.get(standardPlugins[id].package)!, summary: (await standardPlugin(id)).summary })));
    if (json) return print(JSON.stringify(rows, null, 2));
    return print(columns([['plugin', 'version', 'what it does'], ...rows.map((row) => [row.id, row.version, row.summary])]));
  }
  if (isElsewhere(name)) return showOwn(name, json);
  const found = ids.filter((id) => id === name || id.slice(id.indexOf('/') + 1) === name || standardPlugins[id].package === name);
  if (found.length === 0) {
    const near = nearestName(name, [...ids, ...ids.map((id) => id.slice(id.indexOf('/') + 1))]);
    throw new RadloomError({ code: 'unknown-plugin', what: `There is no plugin ${name} in the standard set.`, fix: `${near === undefined ? '' : `Did you mean ${near}? `}Another plugin is named by its package (@lab/radloom-spread) or its path (./spread).` });
  }
  for (const id of found) showPlugin(await standardPlugin(id), standardPlugins[id].package, known.get(standardPlugins[id].package)!, json);
}

/** A path, or a package that is not of the standard set. */
function isElsewhere(name: string): boolean {
  return /^[./@]/.test(name) && !Object.values(standardPlugins).some((plugin) => plugin.package === name);
}

/** A plugin as a study file in this folder would name it. */
async function showOwn(name: string, json: boolean): Promise<void> {
  const registry = await loadPlugins([{ name, from: resolve('radloom.study.yaml') }]);
  for (const { plugin, packageName, version } of registry.all()) showPlugin(plugin, packageName, version, json);
}

function showPlugin(plugin: Plugin, packageName: string, version: string, json: boolean): void {
  if (json) print(JSON.stringify({ id: pluginId(plugin), package: packageName, version, summary: plugin.summary, operations: Object.keys(plugin.operations), settings: paramsJsonSchema(plugin.params) }, null, 2));
  else describe(plugin, packageName, version);
}

function describe(plugin: Plugin, packageName: string, version: string): void {
  print(`${pluginId(plugin)} (${packageName} ${version})\n  ${plugin.summary}\n  operations: ${Object.keys(plugin.operations).join(', ')}`);
  const properties = Object.entries((paramsJsonSchema(plugin.params) as { properties?: Record<string, { default?: unknown; description?: string }> }).properties ?? {});
  if (properties.length > 0) {
    print('  settings');
    print(columns(properties.map(([name, schema]) => [`    ${name}`, name === 'include' ? 'all that are not deprecated' : JSON.stringify(schema.default) ?? '', schema.description ?? ''])));
  }
  const features = plugin.about.features as readonly FeatureInfo[] | undefined;
  if (features !== undefined) print(`  features: ${features.map((feature) => feature.name).join(', ')}`);
  print('');
}

/** Every feature of the standard families, or those whose name, family or IBSI code matches. */
export async function showFeatures(name: string | undefined, json: boolean): Promise<void> {
  const ids = Object.keys(standardPlugins).filter((id) => id.startsWith('features/')).sort();
  const all = (await Promise.all(ids.map(async (id) => ((await standardPlugin(id)).about.features as readonly FeatureInfo[]).map((feature) => ({ family: id.slice('features/'.length), ...feature }))))).flat();
  const wanted = name?.toLowerCase();
  const found = wanted === undefined ? all : all.filter((feature) => [feature.name, feature.family, feature.ibsi ?? '', `${feature.family}_${feature.name}`].some((text) => text.toLowerCase() === wanted));
  if (found.length === 0) {
    const near = nearestName(name!, all.flatMap((feature) => [feature.name, feature.family]));
    throw new RadloomError({ code: 'unknown-feature', what: `There is no feature ${name}.`, ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }) });
  }
  if (json) return print(JSON.stringify(found, null, 2));
  if (found.length > 3) return print(columns([['family', 'feature', 'IBSI', 'unit', 'what it is'], ...found.map((feature) => [feature.family, `${feature.name}${feature.deprecated === true ? ' (when named)' : ''}`, feature.ibsi ?? '', feature.unit, feature.summary])]));
  for (const feature of found) {
    print(`${feature.family} ${feature.name}\n  ${feature.summary}\n  unit ${feature.unit}${feature.ibsi === undefined ? '' : `, IBSI ${feature.ibsi}`}\n  source: ${feature.source}`);
    if (feature.deprecated === true) print('  computed only when named');
    if (feature.profiles !== undefined) print(`  profiles: ${feature.profiles}`);
  }
}
