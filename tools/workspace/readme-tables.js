// Writes the tables of settings and features into the packages' READMEs, and docs/features.md, from the plugins' manifests: `npm run readme`.
// A test compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { paramsJsonSchema } from '@radloom/core';
import { packages, root } from './packages.js';
import { featureReference } from './feature-reference.js';

const escape = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(header, rows) {
  return [`| ${header.join(' | ')} |`, `|${header.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.map(escape).join(' | ')} |`)].join('\n');
}

/** A setting's type in words. */
function typeOf(schema) {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object' && schema.properties !== undefined) return `{ ${Object.entries(schema.properties).map(([name, own]) => `${name}: ${typeOf(own)}`).join('; ')} }`;
  return schema.type ?? 'any';
}

function settingsTable(plugin) {
  const rows = Object.entries(paramsJsonSchema(plugin.params).properties ?? {}).map(([name, schema]) => {
    const features = name === 'include' ? ['list of feature names', 'all that are not deprecated', 'Features to compute, in this order.'] : undefined;
    const [type, preset, text] = features ?? [typeOf(schema), schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``, schema.description ?? ''];
    return [`\`${name}\``, type, preset, text];
  });
  return rows.length === 0 ? 'None.' : table(['setting', 'type', 'default', 'what it does'], rows);
}

function featuresTable(plugin) {
  return table(
    ['feature', 'IBSI', 'unit', 'what it is', 'source'],
    plugin.about.features.map((feature) => [feature.deprecated === true ? `${feature.name} (when named)` : feature.name, feature.ibsi ?? '', feature.unit, feature.summary + (feature.profiles === undefined ? '' : ` (${feature.profiles})`), feature.source]),
  );
}

const makers = { settings: settingsTable, features: featuresTable };

/** READMEs and docs/features.md as they should be, by path. */
export async function expectedReadmes() {
  const found = new Map();
  const families = [];
  for (const { folder, manifest } of packages()) {
    const path = join(root, folder, 'README.md');
    if (manifest.keywords?.includes('radloom-plugin') !== true || !existsSync(path)) continue;
    const { default: plugin } = await import(pathToFileURL(join(root, folder, 'dist', 'index.js')).href);
    if (plugin.kind === 'features') families.push({ plugin, folder, table: featuresTable(plugin) });
    let text = readFileSync(path, 'utf8');
    for (const [name, make] of Object.entries(makers)) {
      const pattern = new RegExp(`<!-- generated:${name} -->[\\s\\S]*?<!-- /generated -->`);
      text = text.replace(pattern, () => `<!-- generated:${name} -->\n${make(plugin)}\n<!-- /generated -->`);
    }
    found.set(path, text);
  }
  found.set(join(root, 'docs', 'features.md'), featureReference(families));
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of await expectedReadmes()) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    writeFileSync(path, text);
    process.stdout.write(`${path.slice(root.length + 1)}\n`);
  }
}
