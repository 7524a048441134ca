/**
 * docs/features.md: every feature of every family with its formula's source, IBSI code, unit, and where profiles differ; the same data as
 * `radloom features` prints.
 *
 * @param families manifest, folder and table of features of each family
 */
export function featureReference(families) {
  const all = families.flatMap(({ plugin }) => plugin.about.features);
  const whenNamed = all.filter((feature) => feature.deprecated === true).length;
  const sections = families.map(({ plugin, folder, table }) => {
    const count = plugin.about.features.length;
    return `## ${plugin.name}\n\n${plugin.summary}. ${count} features; settings and a worked example: [${folder}](../${folder}/README.md).\n\n${table}\n`;
  });
  return `# Features

Written by \`npm run readme\` from the families' manifests; \`radloom features [NAME]\` prints the same, \`radloom features --json\` for programs.

${all.length} features in ${families.length} families, of which ${whenNamed} are computed only when they are named. Names in a table are \`IMAGE_FAMILY_Feature\`: \`original_glcm_Contrast\`,
\`log-sigma-2-0-mm-3D_firstorder_Mean\`, \`wavelet-LLH_ngtdm_Busyness\`. IBSI codes are those of the Image Biomarker Standardisation Initiative's
reference manual; a feature without one is not in it, or is defined differently there.

${sections.join('\n')}`;
}
